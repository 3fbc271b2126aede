import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { loadHashKey } from './hash-key.ts'

function file(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-key-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return join(folder, 'hash.key')
}

test('a key is made once, for its owner only, and kept', (t) => {
  const path = file(t)
  const key = loadHashKey(path)
  assert.match(key, /^[0-9a-f]{64}$/)
  assert.equal(statSync(path).mode & 0o777, 0o600)
  assert.equal(loadHashKey(path), key)
  assert.notEqual(loadHashKey(file(t)), key)
})

test('a key that others could read is closed to them', (t) => {
  const path = file(t)
  loadHashKey(path)
  chmodSync(path, 0o644)
  loadHashKey(path)
  assert.equal(statSync(path).mode & 0o777, 0o600)
})

test('a file that holds no key is named, with a way out, and its content is not', (t) => {
  const path = file(t)
  writeFileSync(path, 'hunter2')
  assert.throws(
    () => loadHashKey(path),
    (error: Error & { code: string; nextStep: string }) => {
      assert.equal(error.code, 'HASH_KEY_UNUSABLE')
      assert.match(error.message, /hash\.key/)
      assert.doesNotMatch(error.message, /hunter2/)
      return error.nextStep.length > 0
    },
  )
})
