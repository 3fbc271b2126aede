import assert from 'node:assert/strict'
import { test } from 'node:test'
import { data, joinLetters, observed, workload } from '../../privacy/map/map-fixtures.ts'
import type { TransferFacts } from '../../privacy/map/transfer.ts'
import { transfersOf } from '../../privacy/map/transfers-of.ts'
import { TransferLog } from './transfer-log.ts'

/** One transfer from a service, seen so often by then. */
function seen(service: string, flows: number, last = flows): TransferFacts[] {
  const flow = observed(workload(service), workload('db'), {
    carried: [data('iban', 'financial')],
    flows,
    last,
  })
  return transfersOf([flow], joinLetters)
}

const counts = (all: readonly TransferFacts[]) => all.map(({ sender, flows }) => `${sender.name} ${flows}`)

test('what was seen before a restart counts with what is seen since', () => {
  const log = new TransferLog([...seen('api', 5), ...seen('old', 2)], joinLetters, 10)
  assert.deepEqual(counts(log.with([])), ['api 5', 'old 2'])
  assert.deepEqual(counts(log.with(seen('api', 1, 9))), ['api 6', 'old 2'])
  assert.deepEqual(counts(log.with(seen('api', 3, 9))), ['api 8', 'old 2'])
})

test('what the summary lets go stays, and counts on when it comes back', () => {
  const log = new TransferLog([], joinLetters, 10)
  log.with(seen('api', 4))
  assert.deepEqual(counts(log.with([])), ['api 4'])
  assert.deepEqual(counts(log.with(seen('api', 1, 9))), ['api 5'])
})

test('of too many the latest stay', () => {
  const log = new TransferLog(seen('old', 1), joinLetters, 2)
  assert.deepEqual(counts(log.with([...seen('a', 2), ...seen('b', 3)])), ['b 3', 'a 2'])
  assert.deepEqual(counts(log.with([])), ['b 3', 'a 2'])
})
