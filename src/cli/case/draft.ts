import { writeFileSync } from 'node:fs'
import { buffer } from 'node:stream/consumers'
import type { Static } from 'typebox'
import type { draftItem } from '../../api/contract/case-schemas.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { DraftFormat } from '../../model/case-words.ts'
import { LocalApi } from '../local-api.ts'
import { print, type RunningFlags } from '../running.ts'
import { printable } from '../terminal/text.ts'

export interface DraftFlags extends RunningFlags {
  output?: string
  language: string
  format: DraftFormat
}

class DraftError extends PaviseError<'OUTPUT_UNUSABLE' | 'OUTPUT_MISSING'> {}

/** @throws LocalApiError, DraftError */
export async function writeDraft(id: string, kind: string, flags: DraftFlags): Promise<void> {
  const { stateDir, json, output, format, language } = flags
  if (format === 'docx' && output === undefined) throw noTerminal()
  const api = new LocalApi(stateDir)
  const path = `/api/v1/cases/${encodeURIComponent(id)}/drafts/${kind}`
  const draft = await api.get<Static<typeof draftItem>>(`${path}?language=${language}`)
  const file = `${path}/file?language=${language}&format=${format}`
  const content = json ? Buffer.from(`${toJsonText(draft)}\n`) : await buffer(await api.download(file))
  if (output === undefined) await print(content.toString().trimEnd().split('\n').map(printable))
  else write(output, content)
  if (draft.missing.length > 0) process.stderr.write(`Still to be said: ${draft.missing.join(', ')}.\n`)
}

function write(path: string, content: Buffer): void {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new DraftError('OUTPUT_UNUSABLE', `${path}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name another file with --output.',
      exitCode: ExitCode.usage,
    })
  }
}

function noTerminal(): DraftError {
  return new DraftError('OUTPUT_MISSING', 'A document of Word is no text for a terminal.', {
    nextStep: 'Name a file with --output.',
    exitCode: ExitCode.usage,
  })
}
