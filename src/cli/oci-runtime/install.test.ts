import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { engineLines, installWrapper, removeWrapper } from './install.ts'

test('a runtime is written and removed; what Pavise did not write is left alone', (t) => {
  const base = mkdtempSync(join(tmpdir(), 'pavise-install-'))
  t.after(() => rmSync(base, { recursive: true }))
  const [path, runtime, other] = ['pavise-runc', 'runc', 'other'].map((name) => join(base, name))
  writeFileSync(runtime, '#!/bin/sh\n')
  chmodSync(runtime, 0o755)
  const install = (change: object) =>
    installWrapper({ path, runtime, onFailure: 'open', stateDir: join(base, 'state'), ...change })
  install({})
  install({ onFailure: 'closed' })
  assert.equal(statSync(path).mode & 0o777, 0o755)
  const text = readFileSync(path, 'utf8')
  for (const part of [runtime, join(base, 'state', 'enforcer', 'starts'), 'exit 1'])
    assert.ok(text.includes(part))
  assert.ok(engineLines(path).includes(`"default-runtime": "pavise"`))
  writeFileSync(other, 'something else')
  const refused: [change: object, code: string][] = [
    [{ path: other }, 'NOT_OURS'],
    [{ runtime: join(base, 'missing') }, 'RUNTIME_NOT_FOUND'],
    [{ runtime: path }, 'RUNTIME_NOT_FOUND'],
    [{ path: join(base, 'no', 'folder') }, 'NOT_WRITABLE'],
  ]
  for (const [change, code] of refused) assert.throws(() => install(change), { code })
  assert.throws(() => removeWrapper(other), { code: 'NOT_OURS' })
  assert.equal(removeWrapper(path), true)
  assert.equal(removeWrapper(path), false)
  assert.equal(existsSync(path), false)
})
