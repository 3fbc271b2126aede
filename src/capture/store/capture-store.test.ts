import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import type { CapturePart } from '../../model/captures.ts'
import { CaptureStore } from './capture-store.ts'

const key = Buffer.alloc(32, 7)
const about = { workload: 'netns:web', since: '2026-11-01T00:00:00.000Z', headersOnly: false }

function storeIn(
  t: TestContext,
  change: { now?: () => number; totalBytes?: number; nodeBytes?: number } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-captures-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const options = { folder: join(folder, 'captures'), key, now: () => 1000, ...change }
  return { store: new CaptureStore(options), options }
}

function* parts(file: string, ...pieces: string[]): Generator<CapturePart> {
  for (const [part, piece] of pieces.entries()) {
    const isLast = part === pieces.length - 1
    const data = Buffer.from(piece).toString('base64')
    yield {
      file,
      part,
      isLast,
      data,
      ...(part === 0 ? { about } : {}),
      ...(isLast ? { packets: 3, dropped: 1 } : {}),
    }
  }
}

test('a file comes out as it came, is encrypted on the disk, and its owner’s only', (t) => {
  const { store, options } = storeIn(t)
  for (const part of parts('f-1', 'secret one ', 'secret two')) store.take('node', part)
  assert.equal(store.open('f-1')?.bytes.toString(), 'secret one secret two')
  assert.equal(store.open('f-1')?.problem, undefined)
  const sealed = readFileSync(join(options.folder, 'f-1.sealed'))
  assert.equal(sealed.includes('secret'), false)
  assert.equal(statSync(join(options.folder, 'f-1.sealed')).mode & 0o777, 0o600)
  const [kept] = store.list()
  assert.deepEqual([kept.state, kept.packets, kept.dropped, kept.bytes], ['whole', 3, 1, sealed.length])
})

test('a large part is several chunks, and every change of the file is seen', (t) => {
  const { store, options } = storeIn(t)
  const text = 'x'.repeat(600_000)
  for (const part of parts('f-1', text)) store.take('node', part)
  assert.equal(store.open('f-1')?.bytes.length, 600_000)
  const path = join(options.folder, 'f-1.sealed')
  const whole = readFileSync(path)
  const problemOf = (change: (bytes: Buffer) => Buffer) => {
    writeFileSync(path, change(Buffer.from(whole)))
    return store.open('f-1')?.problem
  }
  const flip = (at: number) => (bytes: Buffer) => (bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at), bytes)
  assert.equal(problemOf(flip(20)), 'key', 'the wrapped key')
  assert.equal(problemOf(flip(1000)), 'damaged', 'a chunk')
  assert.equal(
    problemOf((bytes) => bytes.subarray(0, bytes.length - 100)),
    'cut',
    'the end is missing',
  )
  const first = 17 + 12 + 16 + 32
  const chunk = 4 + 262_144 + 16
  const exchanged = (bytes: Buffer) =>
    Buffer.concat([
      bytes.subarray(0, first),
      bytes.subarray(first + chunk, first + 2 * chunk),
      bytes.subarray(first, first + chunk),
      bytes.subarray(first + 2 * chunk),
    ])
  assert.equal(problemOf(exchanged), 'damaged', 'two chunks in each other’s place')
  assert.equal(
    problemOf((bytes) => bytes.subarray(0, first + chunk)),
    'cut',
    'only the first chunk',
  )
  assert.equal(new CaptureStore({ ...options, key: Buffer.alloc(32, 8) }).open('f-1')?.problem, 'key')
})

test('what an enforcer did not finish is cut, and stays readable up to there', (t) => {
  const { store, options } = storeIn(t)
  const [first, second] = parts('f-1', 'one', 'two', 'three')
  store.take('node', first)
  store.take('node', second)
  store.cut('node')
  assert.equal(store.get('f-1')?.state, 'cut')
  assert.deepEqual(store.open('f-1'), { bytes: Buffer.from('onetwo'), problem: 'cut' })
  for (const part of [...parts('f-2', 'a', 'b')].slice(0, 1)) store.take('node', part)
  assert.equal(new CaptureStore(options).get('f-2')?.state, 'cut', 'after a restart')
})

test('a part that is not next ends the file, and one of another enforcer is not taken', (t) => {
  const { store } = storeIn(t)
  const [first, second, third] = parts('f-1', 'one', 'two', 'three')
  store.take('node', first)
  store.take('other', second)
  store.take('node', third)
  assert.equal(store.get('f-1')?.state, 'cut')
  assert.equal(store.open('f-1')?.bytes.toString(), 'one')
})

test('names that lead elsewhere are not taken', (t) => {
  const { store, options } = storeIn(t)
  for (const name of ['../escape', 'a/b', '', '.hidden'])
    for (const part of parts(name, 'x')) store.take('node', part)
  assert.deepEqual(readdirSync(options.folder), [])
  assert.equal(store.open('../escape'), undefined)
})

test('the oldest go first where there is too much of one enforcer or of all, and what is too old goes', (t) => {
  let now = 1000
  const { store } = storeIn(t, { now: () => now, nodeBytes: 3000, totalBytes: 5000 })
  const add = (enforcer: string, file: string) => {
    now++
    for (const part of parts(file, 'x'.repeat(1200))) store.take(enforcer, part)
  }
  for (const file of ['a1', 'a2', 'a3']) add('a', file)
  assert.deepEqual(
    store.list().map(({ file }) => file),
    ['a3', 'a2'],
    'of one',
  )
  for (const file of ['b1', 'b2']) add('b', file)
  assert.deepEqual(
    store.list().map(({ file }) => file),
    ['b2', 'b1', 'a3'],
    'of all',
  )
  now += 8 * 86_400_000
  store.prune()
  assert.deepEqual(store.list(), [])
})
