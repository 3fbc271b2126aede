import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatTime } from './time.ts'

test('times have the one form of records, whatever a clock says', () => {
  const table: [time: number, text: string][] = [
    [1_795_167_000_123_456, '2026-11-20T09:30:00.123Z'],
    [-1, '1969-12-31T23:59:59.999Z'],
    [1e18, '9999-12-31T23:59:59.999Z'],
    [-1e18, '0000-01-01T00:00:00.000Z'],
    [Infinity, '9999-12-31T23:59:59.999Z'],
    [-Infinity, '0000-01-01T00:00:00.000Z'],
    [NaN, '1970-01-01T00:00:00.000Z'],
  ]
  for (const [time, text] of table) assert.equal(formatTime(time), text, String(time))
})
