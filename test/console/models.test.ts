import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filesOf } from '../../console/src/screens/captures/capture-model.ts'
import { bytesOf, hexLines } from '../../console/src/screens/captures/hex-lines.ts'
import {
  type Control,
  controlsFor,
  evidenceOf,
  evidencePath,
} from '../../console/src/screens/compliance/control-model.ts'
import { detectorsFor, stateText, switchedOf } from '../../console/src/screens/settings/detector-model.ts'
import { spanText } from '../../console/src/text.ts'
import type { CaptureFileItem, Detection, Detector } from '../../src/api/contract/types.ts'

test('bytes are shown in hexadecimal, sixteen a line, and what of them can be printed', () => {
  const bytes = bytesOf(Buffer.from('GET / HTTP/1.1\r\n\0é').toString('base64'))
  assert.deepEqual(hexLines(bytes), [
    '0000  47 45 54 20 2f 20 48 54 54 50 2f 31 2e 31 0d 0a  GET / HTTP/1.1..',
    `0010  ${'00 c3 a9'.padEnd(47)}  ...`,
  ])
  assert.deepEqual(hexLines(new Uint8Array(0)), [])
})

test('of files of packets, those because of an event come first, then those of its time', () => {
  const file = (name: string, since: string, until: string, id?: string) =>
    ({ file: name, since, until, finding: id === undefined ? null : { id } }) as CaptureFileItem
  const files = [file('before', '01', '02'), file('then', '03', '09'), file('because', '01', '01', 'v1')]
  const names = filesOf(files, { id: 'v1', first: '04', last: '05' }).map((each) => each.file)
  assert.deepEqual(names, ['because', 'then'])
})

test('controls are the worst first, with what evidences them and how old that is', () => {
  const control = (id: string, state: Control['state'], ages: (number | null)[]) =>
    ({
      ...{ id, title: `about ${id}`, state },
      objectives: ages.map((ageDays) => ({ ageDays, evidenceCount: 2 })),
    }) as unknown as Control
  const all = [control('a', 'met', [3, 1]), control('b', 'not-met', [null]), control('c', 'partly', [])]
  const ids = (asked: Record<string, string>) => controlsFor(all, asked).map(({ id }) => id)
  assert.deepEqual(
    [ids({}), ids({ state: 'met' }), ids({ find: 'ABOUT c' })],
    [['b', 'c', 'a'], ['a'], ['c']],
  )
  assert.deepEqual(all.map(evidenceOf), [
    { count: 4, ageDays: 1 },
    { count: 2, ageDays: null },
    { count: 0, ageDays: null },
  ])
  const evidence = { id: 'x&y', at: '', what: '' }
  assert.equal(evidencePath({ ...evidence, kind: 'workload' }), '/workload?id=x%26y')
  assert.equal(evidencePath({ ...evidence, kind: 'constructor' }), undefined)
})

test('detectors are listed with what is chosen of them', () => {
  const iban = { id: 'iban', name: 'IBAN', category: 'financial', country: null, source: 's', isOwn: false }
  const email = { ...iban, id: 'email', name: 'Mail', category: 'contact' }
  const detection = {
    personalData: [{ name: 'iban', on: false, confidence: null }],
    attacks: [{ name: 'sql-injection', on: true }],
    threats: [{ name: 'Ping.Death', on: true, usual: true, severity: 'high', reason: 'A large packet.' }],
  }
  const all = switchedOf([iban, email] as Detector[], detection as Detection)
  const any = { kind: 'personal-data', category: '', state: '', find: '' }
  const found = (asked: Partial<typeof any>) =>
    detectorsFor(all, { ...any, ...asked }).map(({ name }) => name)
  assert.deepEqual(found({}), ['iban', 'email'])
  assert.deepEqual(
    [found({ state: 'off' }), found({ category: 'contact' }), found({ find: 'MAIL' })],
    [['iban'], ['email'], ['email']],
  )
  assert.deepEqual(
    [found({ kind: 'attack' }), found({ kind: 'threat' })],
    [['sql-injection'], ['Ping.Death']],
  )
  assert.equal(stateText({ ...all[1], confidence: 0.8 }), '✓ from 0.8 on')
})

test('how long a step is, in words', () => {
  const rows: [ms: number, text: string][] = [
    [1, '1 s'],
    [59_000, '59 s'],
    [90_000, '1 min 30 s'],
    [7_200_000, '2 h'],
    [90_000_000, '1 d 1 h'],
  ]
  for (const [ms, text] of rows) assert.equal(spanText(ms), text)
})
