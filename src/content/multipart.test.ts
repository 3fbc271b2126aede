import assert from 'node:assert/strict'
import fc from 'fast-check'
import { testAnything, testFields } from '../../test/support/field-cases.ts'
import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import { testToldValues } from '../../test/support/told-values.ts'
import { describe, it } from 'node:test'
import type { MultipartTracker } from './multipart.ts'
import { makeTracker } from './trackers.ts'

const boundary = 'XX'

function makeMultipart(): MultipartTracker {
  const tracker = makeTracker('multipart') as MultipartTracker
  tracker.begin(boundary)
  return tracker
}

/** A body with these parts: what their heads say besides their names, and what is in them. */
function body(...parts: [name: string, head: string, content: string][]): string {
  const written = parts.map(([name, head, content]) => {
    const disposition = `Content-Disposition: form-data; name="${name}"${head}`
    return `--${boundary}\r\n${disposition}\r\n\r\n${content}\r\n`
  })
  return `${written.join('')}--${boundary}--\r\n`
}

const csv = '; filename="patients.csv"\r\nContent-Type: text/csv'
const hl7 = '; filename="a.hl7"\r\nContent-Type: application/hl7-v2'
const message = 'MSH|^~\\&|LAB\rPID|1||12||Meier^Anna\r'

testFields('multipart', makeMultipart(), [
  [body(['iban', '', '¤']), 'iban'],
  [body(['note', '', 'x'], ['doc', '\r\nContent-Type: application/json', '{"a":{"b":"¤"}}']), 'doc $.a.b'],
  [body(['file', csv, 'name;born\r\nAnna;¤']), 'born'],
  [body(['file', hl7, message.replace('Anna', '¤')]), 'PID-5.2 patient name given name'],
  // A type that says nothing, as curl gives it: the file's name tells.
  [
    body(['file', '; filename="A.CSV"\r\nContent-Type: application/octet-stream', 'name;born\nAnna;¤']),
    'born',
  ],
  [body(['file', '; filename="a.xml"', '<p><n>¤']), 'file /p/n'],
  [body(['file', '; filename="a.bin"', 'name;born\nAnna;¤']), 'file'],
  [body(['file', '; filename="a.csv"\r\nContent-Type: text/html', '<p>¤']), 'file /p'],
])

describe('whole values of multipart bodies', () => {
  const isTelling = (field: string) => ['name', 'religion'].includes(field) || field.startsWith('PID-5')

  testToldValues(makeMultipart(), isTelling, [
    [
      body(['name', '', 'Anna Meier'], ['age', '', '17'], ['religion', '', 'none']),
      [
        ['name', 'Anna Meier'],
        ['religion', 'none'],
      ],
    ],
    [body(['name', '', ''], ['name', '', `--${boundary}`]), []],
    [body(['name', '', '-\r\n--X']), [['name', '-\r\n--X']]],
    [
      body(['name', '', 'Zoe'], ['file', csv, 'religion;x;name\r\nBaha;1;Ann\r\nSikh;2;Joe']),
      [
        ['name', 'Zoe'],
        ['religion', 'Baha'],
        ['name', 'Ann'],
        ['religion', 'Sikh'],
        ['name', 'Joe'],
      ],
    ],
    [
      body(['file', hl7, message], ['name', '', 'Zoe']),
      [
        ['PID-5.1 patient name family name', 'Meier'],
        ['PID-5.2 patient name given name', 'Anna'],
        ['name', 'Zoe'],
      ],
    ],
    [body(['name', '', 'x'.repeat(200)]), []],
    [body(['name', '', 'Anna Meier']).slice(0, -10), [['name', 'Anna Meier']]],
  ])
})

const head = (name: string, more = '') => `\r\n${body([name, more, '']).replace(/\r\n--XX--\r\n$/, '')}`
const pieces = [
  ...[
    head('name'),
    head('religion'),
    head('file', csv),
    head('file', hl7),
    head('file', '; filename="a.json"'),
  ],
  ...['\r\n', '\n', '--XX', '\r\n--XX--', '\r\n--X', '-', '"', ';', ': ', '\0', 'x'.repeat(130)],
  ...['name;religion\r\n', 'Anna;Sikh\n', 'Anna', message, '{"name":'],
]

testAnything('multipart', makeMultipart(), pieces)

it('values of anything are within it, and cuts do not matter', () => {
  const content = fc.array(fc.constantFrom(...pieces), { maxLength: 60, size: 'max' })
  let told = 0
  fc.assert(
    fc.property(content, fc.nat(400), (chosen, at) => {
      const bytes = Buffer.from(chosen.join(''), 'latin1')
      const whole = valuesOf(bytes, 0)
      assert.deepEqual(valuesOf(bytes, Math.min(at, bytes.length)), whole)
      told += whole.length
      for (const { from, to } of whole) assert.ok(from >= 0 && from < to && to <= bytes.length)
    }),
    { numRuns: fuzzRuns },
  )
  assert.ok(told > fuzzRuns, `${told} values`)
})

function valuesOf(bytes: Buffer, cut: number) {
  const tracker = makeMultipart()
  const told: { field: string; from: number; to: number }[] = []
  tracker.values = {
    isTelling: () => true,
    value: (field, _bytes, _start, _end, from, to) => told.push({ field, from, to }),
  }
  tracker.reset()
  tracker.read(bytes, 0, cut)
  tracker.read(bytes, cut, bytes.length)
  tracker.end()
  return told
}
