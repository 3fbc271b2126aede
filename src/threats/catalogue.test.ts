import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { threats } from './catalogue.ts'
import { threatsDocument } from './threats-document.ts'

test('docs/reference/threats.md is the table; `node scripts/threats-document.ts` writes it', () => {
  const committed = readFileSync(new URL('../../docs/reference/threats.md', import.meta.url), 'utf8')
  assert.equal(committed, threatsDocument())
})

test('ids and names are given once', () => {
  const all = Object.values(threats)
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length)
})
