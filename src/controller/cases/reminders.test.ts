import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BreachCase } from '../../privacy/case.ts'
import { remindersOf } from './reminders.ts'

const aware = Date.UTC(2026, 10, 20, 12)
const hour = 3_600_000

const breach = (change: Partial<BreachCase> = {}): BreachCase => ({
  ...{ id: 'case-2026-0001', title: 'Export', state: 'open', kinds: ['confidentiality'], role: 'controller' },
  ...{ regimes: ['gdpr'], workloads: [], description: '', consequences: '', measures: '', contact: '' },
  ...{ severity: {}, scope: null, openedAt: new Date(aware).toISOString(), history: [] },
  times: { aware: [{ at: new Date(aware).toISOString(), by: 'anna', reason: '' }] },
  ...change,
})
const stagesAt = (hours: number, breaches = [breach()], told: string[] = []) =>
  remindersOf(breaches, aware + hours * hour, (key) => told.includes(key)).map(({ stage }) => stage.id)

test('a clock is spoken of a day, six hours and one hour before its end, and when it is over', () => {
  const cases: [hours: number, stages: string[]][] = [
    [0, []],
    [47.9, []],
    [48, ['24h']],
    [66, ['6h']],
    [71, ['1h']],
    [72, ['over']],
    [500, ['over']],
  ]
  for (const [hours, stages] of cases) assert.deepEqual(stagesAt(hours), stages, `${hours} h`)
})

test('each stage once, and anew where the clock was moved', () => {
  const [{ key }] = remindersOf([breach()], aware + 50 * hour, () => false)
  assert.deepEqual(stagesAt(51, [breach()], [key]), [])
  assert.deepEqual(stagesAt(67, [breach()], [key]), ['6h'])
  const moved = breach({
    times: { aware: [{ at: new Date(aware - hour).toISOString(), by: 'anna', reason: '' }] },
  })
  assert.deepEqual(stagesAt(51, [moved], [key]), ['24h'])
})

test('not of what is done, closed, or has no end', () => {
  const notified = [{ at: new Date(aware + hour).toISOString(), by: 'anna', reason: '' }]
  assert.deepEqual(stagesAt(80, [breach({ times: { ...breach().times, notified } })]), [])
  assert.deepEqual(stagesAt(80, [breach({ state: 'closed' })]), [])
  assert.deepEqual(stagesAt(80, [breach({ role: 'processor' })]), [])
})
