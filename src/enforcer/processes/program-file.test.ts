import assert from 'node:assert/strict'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { isLoaderName, programKind, readProgramKind } from './program-file.ts'

test('what else a program needs to run', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const kindOf = (path: string) => {
    const fd = openSync(path, 'r')
    try {
      return readProgramKind(fd, path)
    } finally {
      closeSync(fd)
    }
  }
  const script = join(folder, 'script')
  writeFileSync(script, '#! /usr/bin/env -S node\necho\n')
  assert.deepEqual(kindOf(script), { kind: 'script', interpreter: '/usr/bin/env' })
  // Node is a program with libraries.
  const node = kindOf(process.execPath)
  assert.ok(node.kind === 'dynamic' && isLoaderName(node.interpreter), JSON.stringify(node))
  writeFileSync(script, 'nothing')
  assert.deepEqual(kindOf(script), { kind: 'static' })
})

test('loaders by their names', () => {
  for (const name of [
    'ld-linux-x86-64.so.2',
    'ld-2.31.so',
    'ld-musl-x86_64.so.1',
    'ld.so',
    'libc.musl-x86_64.so.1',
  ])
    assert.equal(isLoaderName(`/lib/${name}`), true, name)
  for (const name of ['ld', 'ldd', 'libcrypt.so.1', 'node', 'sold.so'])
    assert.equal(isLoaderName(`/bin/${name}`), false, name)
})

test('whatever a file begins with, nothing is thrown', () => {
  const elf = fc
    .uint8Array({ minLength: 64, maxLength: 512 })
    .map((bytes) => Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, ...bytes.subarray(5)]))
  fc.assert(
    fc.property(fc.oneof(elf, fc.uint8Array()), (bytes) => {
      programKind(Buffer.from(bytes), '/x')
    }),
    { numRuns: fuzzRuns },
  )
})
