import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

/** In a process of its own: there is no way back. */
const script = `
  import { forbidCoreDumps, mayDumpCore } from '${new URL('../../src/kernel/core-dumps.ts', import.meta.url).href}'
  const before = mayDumpCore()
  forbidCoreDumps()
  console.log(before, mayDumpCore())`

test('a process that reads traffic leaves no dump of its memory', () => {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  })
  assert.equal(output.trim(), 'true false')
})
