import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { FileCache } from './file-cache.ts'

test('what was put is there in the next run, until its file is damaged', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-cache-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const value = { tables: [Uint16Array.of(1, 2, 70_000 % 65_536)], of: new Map([['a', 1]]) }
  new FileCache(folder).put('key', value)
  assert.deepEqual(new FileCache(folder).get('key'), value)
  assert.equal(new FileCache(folder).get('another'), undefined)
  assert.equal(new FileCache(folder, 'another maker').get('key'), undefined)
  const [name] = readdirSync(folder)
  const bytes = readFileSync(join(folder, name))
  for (const at of [0, 40, bytes.length - 1]) {
    const damaged = Buffer.from(bytes)
    damaged[at] ^= 1
    writeFileSync(join(folder, name), damaged)
    assert.equal(new FileCache(folder).get('key'), undefined, `byte ${at}`)
  }
  writeFileSync(join(folder, name), bytes.subarray(0, 20))
  assert.equal(new FileCache(folder).get('key'), undefined)
})

test('the oldest go, and what cannot be written is not kept', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-cache-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const cache = new FileCache<number>(folder)
  for (let i = 0; i < 20; i++) cache.put(`key ${i}`, i)
  assert.equal(readdirSync(folder).length, 8)
  const nowhere = new FileCache<number>(join(folder, readdirSync(folder)[0]))
  nowhere.put('key', 1)
  assert.equal(nowhere.get('key'), undefined)
})
