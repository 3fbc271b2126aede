import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { byOf, print, type RunningFlags } from '../running.ts'

export interface EraseFlags extends RunningFlags {
  since?: string
  until: string
  reason: string
}

/** @throws LocalApiError */
export async function eraseEvidence(flags: EraseFlags): Promise<void> {
  const { since, until, stateDir, json } = flags
  const body = { ...byOf(flags), before: until, ...(since !== undefined && { from: since }) }
  const api = new LocalApi(stateDir)
  const { days } = await api.send<{ days: string[] }>('POST', '/api/v1/evidence/erasure', body)
  if (json) return print([toJsonText({ type: 'evidence-erasure', days })])
  if (days.length === 0) return print(['Nothing was erased: there is no key of those days.'])
  await print([
    `Erased: the contents of all entries of ${days.length} ${days.length === 1 ? 'day' : 'days'}, ${days[0]} to ${days.at(-1)}.`,
    'Their hashes stay, so that all that is left can be checked. Destroy copies of evidence-bodies.keys as well.',
  ])
}
