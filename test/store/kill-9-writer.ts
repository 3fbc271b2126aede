import { writeSync } from 'node:fs'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import { sampleFinding, sampleFlow } from '../records.ts'

/**
 * Appends batches as fast as the store takes them, and prunes between them, until it is killed; prints the sequence
 * of each batch once the store says that it is durable. Arguments: the file, the name of the run.
 */
const [path, run] = process.argv.slice(2)
const store = await SqliteStore.open(path)

/** Each batch holds flows of its own and one more version of a finding that all share. */
function records(sequence: number): ObservedRecord[] {
  const flows = Array.from({ length: 40 }, (_, index) => {
    const id = `${run}-${sequence}-${index}`
    return sampleFlow({ id, recordId: id })
  })
  return [...flows, sampleFinding({ recordId: `${run}-shared`, flow: flows[0].id, count: sequence })]
}

async function write(sequence: number): Promise<void> {
  await store.append({ enforcer: 'writer', run, sequence, records: records(sequence) })
  writeSync(1, `${sequence}\n`)
}

const retention = { flowsMs: 1e15, findingsMs: 1e15, coverageMs: 1e15, evidenceMs: 1e15, maxBytes: 1e15 }
for (let sequence = 1; ; sequence += 4) {
  await Promise.all([0, 1, 2, 3].map((offset) => write(sequence + offset)))
  if (sequence % 32 === 1) await store.prune({ now: Date.now(), retention, rows: 10 })
}
