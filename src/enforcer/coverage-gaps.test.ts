import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CoverageRecord } from '../model/records.ts'
import { CoverageGaps } from './coverage-gaps.ts'
import { enforcerLimits } from './limits.ts'
import type { RecordText } from './worker-messages.ts'

const now = Date.parse('2026-01-02T03:04:05Z')

function read(records: Iterable<RecordText>) {
  return [...records].map(({ text }) => JSON.parse(text) as CoverageRecord & { recordId: string })
}

const drop = (packets: number, network = 1) => [{ network, workload: `docker:${network}`, packets }]

test('drops are told with their workload, and told again under the same id while they go on', () => {
  const gaps = new CoverageGaps('run')
  const [first] = read(gaps.drops(0, drop(5), now))
  const [second] = read(gaps.drops(0, drop(7), now + 1000))
  assert.deepEqual([first.reason, first.workload, first.packets], ['ring-full', 'docker:1', 5])
  assert.equal(second.packets, 7)
  assert.equal(second.recordId, first.recordId)
  assert.equal(second.at, first.at)
})

test('a counter that stands still is no gap', () => {
  const gaps = new CoverageGaps('run')
  read(gaps.drops(0, drop(5), now))
  assert.deepEqual(read(gaps.drops(0, drop(5), now + 1000)), [])
})

test('after a while a gap that goes on is a record of its own', () => {
  const gaps = new CoverageGaps('run')
  const [first] = read(gaps.drops(0, drop(5), now))
  const [second] = read(gaps.drops(0, drop(9), now + enforcerLimits.dropWindowMs))
  assert.notEqual(second.recordId, first.recordId)
  assert.equal(second.packets, 4)
})

test('workers and namespaces are counted apart and added up', () => {
  const gaps = new CoverageGaps('run')
  read(gaps.drops(0, drop(5), now))
  const [both] = read(gaps.drops(1, drop(2), now))
  assert.equal(both.packets, 7, 'one record for the workload')
  read(gaps.drops(1, drop(1, 2), now))
  assert.deepEqual([gaps.dropped(0), gaps.dropped(1), gaps.dropped()], [5, 3, 8])
})

test('bounds that were hit are gaps, what is usual is not', () => {
  const gaps = new CoverageGaps('run')
  const told = read(gaps.passedOver(0, { 'flows-evicted': 3, 'packets-unsupported': 9 }, now))
  assert.deepEqual(
    told.map(({ reason, packets }) => [reason, packets]),
    [['flows-evicted', 3]],
  )
})

test('lost records are told by whoever lost them', () => {
  const gaps = new CoverageGaps('run')
  assert.equal(read(gaps.lost('outbox', 0, now)).length, 0)
  assert.equal(read(gaps.lost('outbox', 4, now))[0].reason, 'records-lost')
  assert.equal(read(gaps.lost('worker 1', 4, now))[0].packets, 8)
})
