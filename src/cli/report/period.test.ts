import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePeriod } from './period.ts'

const now = Date.UTC(2026, 10, 21, 12)

test('a period is a time back, a year, a quarter, a month, a day, or from one to another', () => {
  const cases: [text: string, since: string, until: string][] = [
    ['30d', '2026-10-22T12:00', '2026-11-21T12:00'],
    ['2026', '2026-01-01T00:00', '2027-01-01T00:00'],
    ['2026-Q4', '2026-10-01T00:00', '2027-01-01T00:00'],
    ['2028-02', '2028-02-01T00:00', '2028-03-01T00:00'],
    ['2028-02-29', '2028-02-29T00:00', '2028-03-01T00:00'],
    ['2026-11-01..2026-11-08', '2026-11-01T00:00', '2026-11-08T00:00'],
    ['2026-Q1..2026-Q3', '2026-01-01T00:00', '2026-07-01T00:00'],
  ]
  for (const [text, since, until] of cases) {
    const period = parsePeriod(text, now)
    assert.deepEqual(
      [period?.since, period?.until].map((at) => new Date(at ?? 0).toISOString().slice(0, 16)),
      [since, until],
      text,
    )
  }
})

test('anything else is none', () => {
  for (const text of [
    '',
    'yesterday',
    '2026-13',
    '2026-02-30',
    '2026-Q5',
    '2026-11..2026-10',
    '2026..2027..2028',
    '0d',
  ])
    assert.equal(parsePeriod(text, now), undefined, text)
})
