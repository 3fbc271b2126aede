import type { Static } from 'typebox'
import type { evidenceStatus } from '../../api/contract/evidence-operations.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { LineOutput } from '../terminal/line-output.ts'

export interface StatusFlags {
  stateDir: string
  json: boolean
}

/** @throws LocalApiError */
export async function showLedger({ stateDir, json }: StatusFlags): Promise<void> {
  const status = await new LocalApi(stateDir).get<Static<typeof evidenceStatus>>('/api/v1/evidence')
  const output = new LineOutput(process.stdout)
  const lines = json
    ? [toJsonText({ type: 'evidence-status', ...status })]
    : [`Ledger      ${status.origin}`, `Entries     ${status.size}`, `Public key  ${status.key}`]
  for (const line of lines) output.line(line)
  await output.end()
}
