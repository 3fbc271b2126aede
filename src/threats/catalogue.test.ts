import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { threats } from './catalogue.ts'
import { realTools } from './real-tools.ts'
import { threatsDocument } from './threats-document.ts'

test('docs/reference/threats.md is the table; `node scripts/threats-document.ts` writes it', () => {
  const committed = readFileSync(new URL('../../docs/reference/threats.md', import.meta.url), 'utf8')
  assert.equal(committed, threatsDocument())
})

test('real tools are those of the tests with namespaces', () => {
  const folder = new URL('../../test/threats/', import.meta.url)
  const tests = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), 'utf8'))
  const names = new Set<string>(Object.values(threats).map(({ name }) => name))
  for (const [name, tools] of Object.entries(realTools)) {
    assert.ok(names.has(name), name)
    assert.ok(
      tests.some((text) => text.includes(`'${name}'`)),
      `${name} is awaited by one of them`,
    )
    const tool = tools.split(/,? /).find((word) => word.length > 2) ?? tools
    assert.ok(
      tests.some((text) => text.includes(tool)),
      `${tool} is run by one of them`,
    )
  }
})

test('ids and names are given once', () => {
  const all = Object.values(threats)
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length)
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length)
})
