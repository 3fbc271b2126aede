import type { Static } from 'typebox'
import type { evidenceStatus } from '../../api/contract/evidence-operations.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { LineOutput } from '../terminal/line-output.ts'

export interface StatusFlags {
  stateDir: string
  json: boolean
}

type Status = Static<typeof evidenceStatus>

/** @throws LocalApiError */
export async function showLedger({ stateDir, json }: StatusFlags): Promise<void> {
  const status = await new LocalApi(stateDir).get<Status>('/api/v1/evidence')
  const output = new LineOutput(process.stdout)
  const lines = json ? [toJsonText({ type: 'evidence-status', ...status })] : peopleLines(status)
  for (const line of lines) output.line(line)
  await output.end()
}

function peopleLines({ origin, size, key, fingerprint, checkpoint }: Status): string[] {
  const signed = checkpoint === null ? 'not yet' : `${checkpoint.time}, of ${checkpoint.size} entries`
  return [
    `Ledger       ${origin}`,
    `Entries      ${size}`,
    `Signed last  ${signed}`,
    `Public key   ${key}`,
    `Fingerprint  ${fingerprint}`,
  ]
}
