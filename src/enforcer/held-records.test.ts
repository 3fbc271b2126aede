import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HeldRecords } from './held-records.ts'
import { enforcerLimits } from './limits.ts'
import { Outbox } from './uplink/outbox.ts'
import type { RecordBatch } from './worker-messages.ts'

const { heldRecords, messagesInFlight, recordsPerMessage } = enforcerLimits

/** A worker's records, and the messages that it gave. */
function held() {
  const given: RecordBatch[] = []
  const port = {
    postMessage: (message: unknown) => void given.push((message as { batch: RecordBatch }).batch),
  }
  const taken = new SharedArrayBuffer(4)
  const records = new HeldRecords(port, taken)
  const add = (from: number, to: number) => {
    for (let i = from; i < to; i++) records.add({ recordId: `r${i}`, text: `{"é":${i}}` })
  }
  return { records, given, taken: new Int32Array(taken), add }
}

function countIn(batches: readonly RecordBatch[]): number {
  return batches.reduce((sum, { ids }) => sum + ids.length, 0)
}

test('what a worker gives is what goes over the wire', () => {
  const { records, given, add } = held()
  add(0, 3)
  records.give()
  const outbox = new Outbox()
  for (const batch of given) outbox.addBatch(batch)
  assert.equal(
    Buffer.from(outbox.next()?.line ?? []).toString(),
    '{"kind":"batch","sequence":1,"records":[{"é":0},{"é":1},{"é":2}]}\n',
  )
})

test('a message is given when it is full, and no more than the other side takes', () => {
  const { records, given, taken, add } = held()
  add(0, recordsPerMessage - 1)
  assert.equal(given.length, 0)
  add(0, 1)
  assert.equal(given.length, 1)
  add(0, messagesInFlight * recordsPerMessage)
  assert.deepEqual(
    [given.length, records.size, records.isPressed],
    [messagesInFlight, recordsPerMessage, true],
  )
  taken[0] = 1
  records.give()
  assert.deepEqual([given.length, records.size, records.isPressed], [messagesInFlight + 1, 0, false])
})

test('beyond the bound records are lost and counted, and the end hands on all that is held', () => {
  const { records, given, add } = held()
  const most = heldRecords + messagesInFlight * recordsPerMessage
  add(0, most + 5)
  assert.deepEqual([records.size, records.lost], [heldRecords, 5])
  records.finish()
  assert.deepEqual([countIn(given), records.size], [most, 0])
})
