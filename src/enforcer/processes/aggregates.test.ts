import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProcessRecord } from '../../model/records.ts'
import { Aggregates, type Occurrence } from './aggregates.ts'

const occurrence = (name: string): Occurrence<ProcessRecord> => ({
  ...{ type: 'process', workload: 'docker:1', event: 'exec', origin: 'image' },
  process: { pid: 1, name, path: `/bin/${name}`, arguments: [], user: { id: 0 }, ancestors: [] },
  ...{ action: 'learned', reason: 'not-listed' },
})

function recorded(limit?: number) {
  const told: string[] = []
  const aggregates = new Aggregates<ProcessRecord>(
    'run-',
    ({ text }) => {
      const { id, process, count, last } = JSON.parse(text) as ProcessRecord
      told.push(`${id} ${process.name} ${count} ${last}`)
    },
    limit,
  )
  const add = (name: string, at: number) =>
    aggregates.add(name, { count: 1, at }, async () => Promise.resolve(occurrence(name)))
  return { told, aggregates, add }
}

const settled = async () => new Promise((resolve) => setImmediate(resolve))

test('the first of a kind is told at once with what came meanwhile, further ones with the next flush', async () => {
  const { told, aggregates, add } = recorded()
  add('a', 1_000)
  add('a', 2_000)
  await settled()
  assert.deepEqual(told.splice(0), ['run-1 a 2 1970-01-01T00:00:02.000Z'])
  add('a', 3_000)
  add('a', 1_500)
  aggregates.flush()
  aggregates.flush()
  assert.deepEqual(told, ['run-1 a 4 1970-01-01T00:00:03.000Z'])
})

test('the kind that has not been seen for longest gives way, and is a new record when it comes again', async () => {
  const { told, add } = recorded(2)
  for (const [i, name] of ['a', 'b', 'a', 'c', 'b'].entries()) {
    add(name, i * 1_000)
    await settled()
  }
  assert.deepEqual(
    told.map((each) => each.slice(0, 7)),
    ['run-1 a', 'run-2 b', 'run-3 c', 'run-4 b'],
  )
})
