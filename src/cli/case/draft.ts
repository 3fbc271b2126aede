import { writeFileSync } from 'node:fs'
import type { Static } from 'typebox'
import type { draftItem } from '../../api/contract/case-schemas.ts'
import { ExitCode, PaviseError } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { print, type RunningFlags } from '../running.ts'
import { printable } from '../terminal/text.ts'

export interface DraftFlags extends RunningFlags {
  output?: string
}

class DraftError extends PaviseError<'OUTPUT_UNUSABLE'> {}

/** @throws LocalApiError, DraftError */
export async function writeDraft(
  id: string,
  kind: string,
  { stateDir, json, output }: DraftFlags,
): Promise<void> {
  const path = `/api/v1/cases/${encodeURIComponent(id)}/drafts/${kind}`
  const draft = await new LocalApi(stateDir).get<Static<typeof draftItem>>(path)
  const text = json ? `${toJsonText(draft)}\n` : draft.markdown
  if (output === undefined) await print(text.trimEnd().split('\n').map(printable))
  else write(output, text)
  if (draft.missing.length > 0) process.stderr.write(`Still to be said: ${draft.missing.join(', ')}.\n`)
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    throw new DraftError('OUTPUT_UNUSABLE', `${path}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name another file with --output.',
      exitCode: ExitCode.usage,
    })
  }
}
