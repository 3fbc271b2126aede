import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attackClasses, attackContexts, type AttackRule } from './attack.ts'
import { requestDetectors, valueDetectors } from './detectors.ts'
import { isAttack, rulesOf } from './fixtures.ts'
import { RequestScore } from './request-score.ts'

const strong: AttackRule = { class: 'webshell', id: 'test.strong', points: 5, level: 1, what: 'strong' }
const weak: AttackRule = { class: 'scanner', id: 'test.weak', points: 2, level: 1, what: 'weak' }
const picky: AttackRule = { class: 'scanner', id: 'test.picky', points: 5, level: 3, what: 'picky' }

test('a rule counts once, and weak reasons add up', () => {
  const score = new RequestScore(1)
  score.report(weak)
  score.report(weak)
  assert.equal(score.points, 2)
  assert.equal(score.isAttack, false)
  score.report(strong)
  assert.equal(score.isAttack, true)
  assert.deepEqual(score.reasons(), [
    { class: 'webshell', rule: 'test.strong', weight: 5, what: 'strong' },
    { class: 'scanner', rule: 'test.weak', weight: 2, what: 'weak' },
  ])
})

test('a rule of a higher level counts from that strictness on', () => {
  for (const [strictness, expected] of [
    [1, 0],
    [2, 0],
    [3, 5],
    [4, 5],
  ] as const) {
    const score = new RequestScore(strictness)
    score.report(picky)
    assert.equal(score.points, expected, `strictness ${strictness}`)
  }
})

test('a cleared score has nothing of the request before', () => {
  const score = new RequestScore(1)
  score.report(strong)
  score.clear()
  assert.deepEqual([score.points, score.reasons()], [0, []])
})

test('a plain word is no attack in any context', () => {
  for (const context of attackContexts) assert.deepEqual(rulesOf('hello', context), [], context)
  assert.equal(isAttack('hello'), false)
})

test('classes and detectors are listed once', () => {
  for (const list of [attackClasses, valueDetectors, requestDetectors])
    assert.equal(new Set<unknown>(list).size, list.length)
})
