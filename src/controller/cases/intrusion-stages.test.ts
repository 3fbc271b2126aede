import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleAttack, sampleProcess, sampleThreat, sampleViolation } from '../../../test/records.ts'
import { attackClasses } from '../../attacks/attack.ts'
import { intrusionStageOf } from './intrusion-stages.ts'

const techniqueOf = (incident: Parameters<typeof intrusionStageOf>[0]) => {
  const found = intrusionStageOf({ ...incident, recordId: 'x' })
  return found === null ? null : `${found.stage} ${found.technique}`
}

test('every attack has a stage and a technique', () => {
  for (const name of attackClasses)
    assert.match(techniqueOf(sampleAttack({ class: name })) ?? '', /^[a-z-]+ T1\d{3}/)
  assert.equal(techniqueOf(sampleAttack({ class: 'sql-injection' })), 'exploitation T1190')
  assert.equal(techniqueOf(sampleAttack({ class: 'webshell' })), 'command-and-control T1505.003')
})

test('a threat says its own; of a program it is why it is suspicious', () => {
  const threat = sampleThreat({ stage: 'reconnaissance', technique: 'T1046' })
  assert.equal(techniqueOf(threat), 'reconnaissance T1046')
  const suspicion = { kind: 'reverse-shell', severity: 'critical' } as const
  assert.equal(techniqueOf(sampleProcess({ suspicion })), 'command-and-control T1059.004')
})

test('what says nothing of an intruder has none', () => {
  const { suspicion: _suspicion, ...process } = sampleProcess({})
  for (const incident of [process, sampleViolation({})]) assert.equal(techniqueOf(incident), null)
})
