import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { allRules } from './all-rules.ts'
import { attackClasses } from './attack.ts'
import { attackRulesDocument } from './rules-document.ts'

test('docs/reference/attack-rules.md is made of the rules; `node scripts/attack-rules-document.ts` writes it', () => {
  const committed = readFileSync(new URL('../../docs/reference/attack-rules.md', import.meta.url), 'utf8')
  assert.equal(committed, attackRulesDocument())
})

test('a rule has an id of its own, a class and points', () => {
  const ids = allRules.map(({ id }) => id)
  assert.deepEqual(
    ids.filter((id, i) => ids.indexOf(id) !== i),
    [],
  )
  for (const { id, class: attackClass, points, what } of allRules) {
    assert.ok(attackClasses.includes(attackClass), id)
    assert.ok(points > 0 && points <= 5, id)
    assert.ok(what !== '' && !what.endsWith('.'), id)
  }
})
