import { LocalApi } from '../local-api.ts'
import { byOf, type RunningFlags } from '../running.ts'
import { type LedgerStatus, printStatus } from './status.ts'

export interface RotateFlags extends RunningFlags {
  reason: string
}

/** @throws LocalApiError */
export async function rotateKey(flags: RotateFlags): Promise<void> {
  const api = new LocalApi(flags.stateDir)
  await printStatus(await api.send<LedgerStatus>('POST', '/api/v1/evidence/key', byOf(flags)), flags.json)
}
