import { buffer } from 'node:stream/consumers'
import type { Static } from 'typebox'
import type { draftItem } from '../../api/contract/case-schemas.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { DraftFormat } from '../../model/case-words.ts'
import { LocalApi } from '../local-api.ts'
import { requireOutput, writeOutput } from '../output-file.ts'
import { print, type RunningFlags } from '../running.ts'
import { printable } from '../terminal/text.ts'

export interface DraftFlags extends RunningFlags {
  output?: string
  language: string
  format: DraftFormat
}

/** @throws LocalApiError, OutputError */
export async function writeDraft(id: string, kind: string, flags: DraftFlags): Promise<void> {
  const { stateDir, json, output, format, language } = flags
  requireOutput(format, output)
  const api = new LocalApi(stateDir)
  const path = `/api/v1/cases/${encodeURIComponent(id)}/drafts/${kind}`
  const draft = await api.get<Static<typeof draftItem>>(`${path}?language=${language}`)
  const file = `${path}/file?language=${language}&format=${format}`
  const content = json ? Buffer.from(`${toJsonText(draft)}\n`) : await buffer(await api.download(file))
  if (output === undefined) await print(content.toString().trimEnd().split('\n').map(printable))
  else writeOutput(output, content)
  if (draft.missing.length > 0) process.stderr.write(`Still to be said: ${draft.missing.join(', ')}.\n`)
}
