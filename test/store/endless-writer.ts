import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { Store } from '../../src/store/store.ts'
import { sampleFinding, sampleFlow } from '../records.ts'

export const flowsPerBatch = 40

/** Each batch holds flows of its own and one more version of a finding that all share. */
export function batchRecords(run: string, sequence: number): ObservedRecord[] {
  const flows = Array.from({ length: flowsPerBatch }, (_, index) => {
    const id = `${run}-${sequence}-${index}`
    return sampleFlow({ id, recordId: id, serverName: `${run}-${sequence}.example` })
  })
  return [...flows, sampleFinding({ recordId: `${run}-shared`, flow: flows[0].id, count: sequence })]
}

const forever = Number.MAX_SAFE_INTEGER
const retention = {
  flowsMs: forever,
  findingsMs: forever,
  coverageMs: forever,
  evidenceMs: forever,
  maxBytes: forever,
}

/** Appends batches as fast as the store takes them, and prunes between them, and tells of each that is durable. */
export async function writeBatches(
  store: Store,
  run: string,
  durable: (sequence: number) => void,
): Promise<never> {
  const write = async (sequence: number) => {
    await store.append({ enforcer: 'writer', run, sequence, records: batchRecords(run, sequence) })
    durable(sequence)
  }
  for (let sequence = 1; ; sequence += 4) {
    await Promise.all([0, 1, 2, 3].map((offset) => write(sequence + offset)))
    if (sequence % 32 === 1) await store.prune({ now: Date.now(), retention, rows: 10 })
  }
}
