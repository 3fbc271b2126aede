import assert from 'node:assert/strict'
import { test } from 'node:test'
import { threats } from './catalogue.ts'
import { ThreatTuning } from './tuning.ts'

/** By namespace, what its group says. */
const groups: (readonly string[])[] = [
  [],
  ['1001=40'],
  ['1001=off'],
  ['1001=900', '1001=20'],
  ['2025=600', '2025=100'],
]

function tuned(engines = 1): ThreatTuning {
  const tuning = new ThreatTuning({}, engines, (origin) => groups[origin])
  tuning.follow(groups)
  return tuning
}

test('a threshold is that of the group, of several the more sensitive, and else that of all', () => {
  const tuning = tuned()
  const of = (origin: number) => tuning.of(threats.synFlood, origin)
  assert.deepEqual(
    [0, 1, 3, 9].map((origin) => of(origin).measure.threshold),
    [800, 40, 20, 800],
  )
  assert.deepEqual([of(1).on, of(2).on], [true, false])
  assert.equal(tuning.of(threats.smallMss, 4).measure.threshold, 600, 'of segments the larger one')
  assert.equal(of(1), of(1), 'one object, by which occurrences are known to be of a kind')
})

test('detectors go by what is reached first anywhere', () => {
  const { loosest } = tuned()
  assert.equal(loosest.synFlood.measure.threshold, 20)
  assert.equal(loosest.smallMss.measure.threshold, 600)
  const tuning = new ThreatTuning({ synFlood: { on: false } }, 1, () => undefined)
  assert.equal(tuning.loosest.synFlood.on, false)
  tuning.follow([['1001=on']])
  assert.equal(tuning.loosest.synFlood.on, true)
  assert.equal(tuning.of(threats.synFlood, 1).on, false)
  tuning.follow([])
  assert.equal(tuning.loosest.synFlood.on, false)
})

test('of what is spread over several engines a group has its share as well', () => {
  const tuning = new ThreatTuning({}, 2, (origin) => groups[origin])
  groups.push(['3022=40'])
  tuning.follow(groups)
  assert.equal(tuning.of(threats.sqlBruteForce, groups.length - 1).measure.threshold, 20)
  assert.equal(tuning.of(threats.sqlBruteForce, 0).measure.threshold, 5)
})
