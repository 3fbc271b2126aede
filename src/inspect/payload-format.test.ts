import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector as detector } from '../../test/support/built-in-detector.ts'
import { inspectConnection } from '../../test/support/inspected-connection.ts'

/** Places in which something was found of what a client says on a connection, each piece in a segment of its own. */
function placesIn(pieces: readonly string[]): string[] {
  const segments = pieces.map((piece) => Buffer.from(piece, 'latin1'))
  return inspectConnection(detector, segments, 2575)
    .findings.map(({ field }) => field)
    .sort()
}

test('HL7 v2 on a connection of its own is read as such', () => {
  const message = 'MSH|^~\\&|LAB|CLINIC|EHR\rPID|1||12^^^A||Meier^Anna||19800517\rDG1|1||I10^Hypertension\r'
  const frames = `\x0b${message}\x1c\r\x0b${message}\x1c\r`
  const places = [
    'payload DG1-3.1 diagnosis code',
    'payload DG1-3.2 diagnosis text',
    'payload PID-5.1 patient name family name',
    'payload PID-5.2 patient name given name',
    'payload PID-7 date of birth',
  ]
  assert.deepEqual(placesIn([frames]), places)
  assert.deepEqual(placesIn([frames.slice(0, 20), frames.slice(20, 60), frames.slice(60)]), places)
})

test('what only begins like it stays a text', () => {
  assert.deepEqual(placesIn(['MSH: a text with jane@example.org in it\r\n'.repeat(40)]), ['payload'])
})
