import { buffer } from 'node:stream/consumers'
import type { DocumentFormat } from '../../model/document-words.ts'
import { LocalApi } from '../local-api.ts'
import { requireOutput, writeOutput } from '../output-file.ts'
import { print } from '../running.ts'
import { printable } from '../terminal/text.ts'

export interface RegisterFlags {
  stateDir: string
  output?: string
  format: DocumentFormat
}

/** @throws LocalApiError, OutputError */
export async function writeRegister({ stateDir, output, format }: RegisterFlags): Promise<void> {
  requireOutput(format, output)
  const content = await buffer(
    await new LocalApi(stateDir).download(`/api/v1/cases/register/file?format=${format}`),
  )
  if (output === undefined) await print(content.toString().trimEnd().split(/\r?\n/).map(printable))
  else writeOutput(output, content)
}
