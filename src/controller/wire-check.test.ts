import { anyText } from '../../test/support/any-text.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sampleCoverage, sampleFinding, sampleFlow, sampleState } from '../../test/records.ts'
import { checkLine } from './wire-check.ts'

const hello = {
  kind: 'hello',
  enforcer: 'n',
  run: 'r',
  version: '1',
  startedAt: '2026-11-20T09:30:00.000Z',
  workers: 2,
}

test('messages are accepted, anything else is named without its content', () => {
  const cases: [name: string, message: unknown, problem: RegExp | null][] = [
    ['hello', hello, null],
    ['hello with more', { ...hello, newer: 1 }, null],
    ['workloads', { kind: 'workloads', workloads: [sampleState()], complete: true }, null],
    [
      'batch',
      { kind: 'batch', sequence: 1, records: [sampleFlow(), sampleFinding(), sampleCoverage()] },
      null,
    ],
    ['no kind', {}, /not a message/],
    ['null', null, /not a message/],
    ['a number', 17, /not a message/],
    ['a kind of Object', { kind: 'constructor' }, /not a message/],
    ['hello without a name', { ...hello, enforcer: '' }, /^hello: \/enforcer/],
    ['a name that is too long', { ...hello, enforcer: 'n'.repeat(300) }, /^hello: \/enforcer/],
    ['sequence 0', { kind: 'batch', sequence: 0, records: [] }, /^batch: \/sequence/],
    ['a fraction', { kind: 'batch', sequence: 1.5, records: [] }, /^batch: \/sequence/],
    ['too many records', { kind: 'batch', sequence: 1, records: Array(2_001).fill(0) }, /^batch: \/records/],
    [
      'a state that is none',
      { kind: 'workloads', workloads: [{ secret: 'DE89' }], complete: true },
      /^workloads: \/work/,
    ],
  ]
  for (const [name, message, problem] of cases) {
    const checked = checkLine(JSON.stringify(message))
    if (problem === null) assert.ok('message' in checked, `${name}: ${JSON.stringify(checked)}`)
    else assert.match('problem' in checked ? checked.problem : 'accepted', problem, name)
    assert.doesNotMatch(JSON.stringify(checked), /DE89 [^*]|secret/, name)
  }
})

test('a record that is wrong is left out, and the others are kept', () => {
  const wrong = [
    null,
    5,
    {},
    { type: 'toString' },
    { ...sampleFlow(), start: 'x' },
    { ...sampleFinding(), count: -1 },
  ]
  const checked = checkLine(JSON.stringify({ kind: 'batch', sequence: 3, records: [sampleFlow(), ...wrong] }))
  assert.ok('message' in checked && checked.message.kind === 'batch')
  assert.deepEqual(checked.message.records, [sampleFlow()])
  assert.deepEqual(checked.rejected, { records: 6, example: 'record 1: type: unknown' })
})

test('a long id is shortened the same way every time', () => {
  const records = [
    sampleFinding({ recordId: 'x'.repeat(5_000) }),
    sampleFinding({ recordId: 'x'.repeat(5_000) }),
  ]
  const checked = checkLine(JSON.stringify({ kind: 'batch', sequence: 3, records }))
  assert.ok('message' in checked && checked.message.kind === 'batch')
  const [first, second] = checked.message.records
  assert.equal(first.recordId.length, 43)
  assert.equal(first.recordId, second.recordId)
})

test('no line makes it throw', () => {
  const kinds = fc.constantFrom('hello', 'workloads', 'batch', 'status', '__proto__')
  const message = fc.record({
    kind: kinds,
    records: fc.anything(),
    workloads: fc.anything(),
    status: fc.anything(),
  })
  const line = fc.oneof(
    anyText(),
    fc.json(),
    message.map((value) => JSON.stringify(value) ?? ''),
  )
  fc.assert(
    fc.property(line, (text) => {
      const checked = checkLine(text)
      assert.ok('problem' in checked || checked.message.kind)
    }),
    { numRuns: fuzzRuns },
  )
})
