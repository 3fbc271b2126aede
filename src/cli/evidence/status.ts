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
  await printStatus(await new LocalApi(stateDir).get<LedgerStatus>('/api/v1/evidence'), json)
}

export type LedgerStatus = Static<typeof evidenceStatus>

export async function printStatus(status: LedgerStatus, json: boolean): Promise<void> {
  const output = new LineOutput(process.stdout)
  const lines = json ? [toJsonText({ type: 'evidence-status', ...status })] : peopleLines(status)
  for (const line of lines) output.line(line)
  await output.end()
}

function peopleLines({
  origin,
  size,
  key,
  fingerprint,
  checkpoint,
  handOvers,
  witnesses,
}: LedgerStatus): string[] {
  const signed = checkpoint === null ? 'not yet' : `${checkpoint.time}, of ${checkpoint.size} entries`
  const times = `${handOvers} ${handOvers === 1 ? 'time' : 'times'}`
  return [
    `Ledger       ${origin}`,
    `Entries      ${size}`,
    `Signed last  ${signed}`,
    `Public key   ${key}`,
    `Fingerprint  ${fingerprint}`,
    ...(handOvers === 0 ? [] : [`Handed over  ${times}; any of its keys checks all bundles`]),
    ...witnesses.map(({ name, last, failing }) => `Witness      ${name}: ${witnessText(last, failing)}`),
  ]
}

type WitnessItem = LedgerStatus['witnesses'][number]

function witnessText(last: WitnessItem['last'], failing: WitnessItem['failing']): string {
  const told = last === null ? 'has taken no head yet' : `has ${last.size} entries since ${last.at}`
  return failing === null ? told : `${told}; fails since ${failing.since}: ${failing.why}`
}
