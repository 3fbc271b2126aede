import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BreachCase, SetTime } from '../case.ts'
import { breachRegister } from './breach-register.ts'
import { missingOf } from './document.ts'

const set = (at: string): SetTime[] => [{ at, by: 'anna', reason: '' }]

function breach(change: Partial<BreachCase>): BreachCase {
  return {
    ...{
      id: 'case-2026-0001',
      title: 'Export',
      state: 'open',
      kinds: ['confidentiality'],
      role: 'controller',
    },
    ...{ regimes: ['gdpr'], times: {}, workloads: [], description: '', consequences: '', measures: '' },
    ...{ contact: '', severity: {}, scope: null, openedAt: '2026-11-20T08:00:00.000Z', history: [] },
    ...change,
  }
}

const names: BreachCase['scope'] = {
  ...{ computedAt: '2026-11-20T10:00:00.000Z', workloads: [], since: '2026-11-20T08:00:00.000Z' },
  ...{ until: '2026-11-20T09:00:00.000Z', persons: 3, values: 3, recipients: [], gaps: [], violations: [] },
  categories: [{ category: 'identity', identifiers: ['name'], values: 3 }],
  isCut: false,
}

const options = { now: Date.UTC(2026, 10, 21), isCut: false }

test('a register has every case in order, closed ones too', () => {
  const cases = [
    breach({ id: 'case-2026-0002', title: 'Lost laptop', state: 'closed' }),
    breach({ times: { aware: set('2026-11-01T09:30:00Z'), notified: set('2026-11-09T10:00:00Z') } }),
  ]
  const { overview, sections } = breachRegister(cases, options)
  assert.deepEqual(
    overview.rows.map(({ cells }) => [cells[0], cells[3], cells[8], cells[9]]),
    [
      ['case-2026-0001', '2026-11-01 09:30 UTC', '2026-11-09 10:00 UTC, late', 'open'],
      ['case-2026-0002', '', 'no', 'closed'],
    ],
  )
  assert.equal(sections.length, 2)
})

test('who did not notify, or did late, has to say why', () => {
  const aware = set('2026-11-01T09:30:00Z')
  const rows: [what: string, change: Partial<BreachCase>, missing: RegExp | null][] = [
    ['nothing seen', {}, /when the authority was notified, or why/],
    ['no risk', { scope: names }, /why no risk to the persons is likely/],
    [
      'a risk',
      { severity: { confidentiality: 0.5, malicious: true, integrity: 0.5, availability: 0.5 } },
      /when the authority was notified, or why/,
    ],
    ['in time', { times: { aware, notified: set('2026-11-02T09:30:00Z') } }, null],
    ['late', { times: { aware, notified: set('2026-11-09T09:30:00Z') } }, /reasons for the delay/],
    ['a processor', { role: 'processor' }, null],
  ]
  for (const [what, change, missing] of rows) {
    const said = missingOf(breachRegister([breach(change)], options)).join('\n')
    if (missing === null) assert.doesNotMatch(said, /authority|why|delay/, what)
    else assert.match(said, missing, what)
  }
})

test('that there are more cases is said', () => {
  const { basis } = breachRegister([breach({})], { ...options, isCut: true })
  assert.match(basis.join(), /There are more cases/)
})
