import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttackException } from '../model/attack-exception.ts'
import type { DetectionChoices } from '../policy/detection.ts'
import { DetectionChoice } from './detection-choice.ts'
import { InlinePlay, policyWith, post, rule } from './inline/inline-fixtures.ts'

test('what counts is what was chosen last', () => {
  const choice = new DetectionChoice()
  assert.ok(choice.counts('iban', 0.5))
  choice.choose({ personalData: { iban: { on: false }, email: { on: true, confidence: 0.8 } } })
  const counted = (['iban', 'email', 'phone'] as const).map((id) =>
    [0.7, 0.8].map((c) => choice.counts(id, c)),
  )
  assert.deepEqual(counted, [
    [false, false],
    [false, true],
    [true, true],
  ])
  const { attacksOff } = choice
  choice.choose({ attacksOff: ['sql-injection'] })
  assert.deepEqual([choice.counts('iban', 0.5), [...attacksOff]], [true, ['sql-injection']])
})

/** What is blocked of a request with an IBAN and an SQL injection, where neither may pass; the choice comes while it runs. */
function played(
  detection: DetectionChoices | undefined,
  exceptions: readonly AttackException[] = [],
): string[] {
  const forbidden = rule({ requirements: { personalData: { forbidden: ['financial'] } } })
  const groups = [{ name: 'containers', criteria: [], attacks: 'block' as const }]
  const live = policyWith([forbidden], 'Protect', { groups })
  const play = new InlinePlay(live, { inspectsContent: true })
  play.handshake()
  if (detection !== undefined) live.define({ ...live.definition, detection, attackExceptions: exceptions })
  play.tcp({ data: post(`{"iban":"DE89370400440532013000","note":"x' or 2=2 -- "}`) })
  return play.told().map(({ criterion }) => criterion)
}

test('a detector that is switched off neither tells nor blocks from the next packet on, and the others do', () => {
  const both = played(undefined)
  assert.equal(both.length, 1, 'a connection is cut once')
  const noData: DetectionChoices = { personalData: { iban: { on: false } } }
  assert.deepEqual(played(noData), ['attack'])
  assert.deepEqual(played({ attacksOff: ['sql-injection'] }), ['personal-data'])
  assert.deepEqual(played({ ...noData, attacksOff: ['sql-injection'] }), [])
})

test('what is excepted is no attack, and only where it is', () => {
  const noData: DetectionChoices = { personalData: { iban: { on: false } } }
  const exception: AttackException = {
    ...{ name: 'notes', owner: 'clinic', until: '2100-01-01', rules: ['sql.*'] },
    ...{ path: '/*', place: 'body', parameter: 'Note' },
  }
  assert.deepEqual(played(noData, [exception]), [])
  for (const other of [
    { until: '2000-01-01' },
    { path: '/other' },
    { parameter: 'name' },
    { rules: ['xss.*'] },
  ])
    assert.deepEqual(played(noData, [{ ...exception, ...other }]), ['attack'], JSON.stringify(other))
})
