import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wireLimits } from '../../model/enforcer-messages.ts'
import { Outbox } from './outbox.ts'

const record = (recordId: string, value = 0) => ({ recordId, text: JSON.stringify({ recordId, value }) })

function contents(line: Uint8Array | undefined): unknown {
  const { records } = JSON.parse(textOf(line) ?? '{"records":null}') as { records: unknown }
  return records
}

function textOf(line: Uint8Array | undefined): string | undefined {
  return line === undefined ? undefined : Buffer.from(line).toString()
}

test('a record that comes again while it waits takes its place, in front of what depends on it', () => {
  const outbox = new Outbox()
  for (const each of [record('flow', 1), record('finding'), record('flow', 2)]) outbox.add(each)
  assert.deepEqual(contents(outbox.next()?.line), [
    { recordId: 'flow', value: 2 },
    { recordId: 'finding', value: 0 },
  ])
})

test('a batch is a message of the wire, numbered from one', () => {
  const outbox = new Outbox()
  outbox.add(record('a'))
  assert.equal(
    textOf(outbox.next()?.line),
    '{"kind":"batch","sequence":1,"records":[{"recordId":"a","value":0}]}\n',
  )
  assert.equal(outbox.next(), undefined)
  outbox.add(record('b'))
  assert.equal(outbox.next()?.sequence, 2)
})

test('no more batches are on their way than the wire allows, and each is kept until it is acknowledged', () => {
  const outbox = new Outbox()
  for (let i = 0; i < wireLimits.batchesInFlight; i++) {
    outbox.add(record(`${i}`))
    outbox.next()
  }
  outbox.add(record('late'))
  assert.equal(outbox.next(), undefined)
  outbox.acknowledge(2)
  assert.equal(outbox.sent[0].sequence, 3)
  assert.deepEqual(contents(outbox.next()?.line), [{ recordId: 'late', value: 0 }])
  assert.equal(outbox.isEmpty, false)
  outbox.acknowledge(wireLimits.batchesInFlight + 1)
  assert.equal(outbox.isEmpty, true)
})

test('a batch keeps to the records and bytes of one message', () => {
  const outbox = new Outbox()
  for (let i = 0; i <= wireLimits.recordsPerBatch; i++) outbox.add(record(`${i}`))
  assert.equal((contents(outbox.next()?.line) as []).length, wireLimits.recordsPerBatch)
  assert.equal((contents(outbox.next()?.line) as []).length, 1)
  const large = 'x'.repeat(wireLimits.lineBytes / 3)
  for (let i = 0; i < 4; i++) outbox.add({ recordId: `large ${i}`, text: `"${large}"` })
  const lengths = [outbox.next(), outbox.next()].map((batch) => batch?.line.length ?? 0)
  for (const length of lengths) assert.ok(length > 0 && length < wireLimits.lineBytes, `${length}`)
})

test('what finds no room is counted, and what waits already is still brought up to date', () => {
  const outbox = new Outbox(2)
  for (const each of [record('a'), record('b'), record('c'), record('a', 5)]) outbox.add(each)
  assert.equal(outbox.lost, 1)
  assert.deepEqual(contents(outbox.next()?.line), [
    { recordId: 'a', value: 5 },
    { recordId: 'b', value: 0 },
  ])
})
