import { buffer } from 'node:stream/consumers'
import type { PrivacyDocument } from '../../api/contract/types.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { DocumentFormat } from '../../model/document-words.ts'
import { LocalApi } from '../local-api.ts'
import { requireOutput, writeOutput } from '../output-file.ts'
import { print, type RunningFlags } from '../running.ts'
import { printable } from '../terminal/text.ts'

export interface DocumentFlags extends RunningFlags {
  output?: string
  format: DocumentFormat
}

/** Of what is missing, so many are told. */
const shownMissing = 3

/** @throws LocalApiError, OutputError */
export async function writeDocument(
  kind: string,
  { stateDir, json, output, format }: DocumentFlags,
): Promise<void> {
  requireOutput(format, output)
  const api = new LocalApi(stateDir)
  const path = `/api/v1/privacy/documents/${kind}`
  const document = await api.get<PrivacyDocument>(path)
  const content = json
    ? Buffer.from(`${toJsonText(document)}\n`)
    : await buffer(await api.download(`${path}/file?format=${format}`))
  if (output === undefined) await print(content.toString().trimEnd().split(/\r?\n/).map(printable))
  else writeOutput(output, content)
  const { missing } = document
  if (missing.length === 0) return
  const shown = missing.slice(0, shownMissing).join('; ')
  const more =
    missing.length > shownMissing ? `; and ${missing.length - shownMissing} more, listed in it` : ''
  process.stderr.write(`${missing.length} things are still to be said: ${shown}${more}.\n`)
}
