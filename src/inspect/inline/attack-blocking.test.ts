import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mode } from '../../policy/definition.ts'
import { InlinePlay, policyWith, post, rule } from './inline-fixtures.ts'

const attack = '{"note":"x\' or 2=2 -- "}'

function playWith(mode: Mode, attacks: 'report' | 'block'): InlinePlay {
  const live = policyWith([rule()], mode, { groups: [{ name: 'containers', criteria: [], attacks }] })
  return new InlinePlay(live, { inspectsContent: true })
}

test('a request that is an attack is cut at the segment that completes it, and none of that is forwarded', () => {
  for (const segmentBytes of [1, 20, 1000]) {
    const play = playWith('Protect', 'block')
    play.handshake()
    const request = post(attack)
    let action = ''
    for (let at = 0; at < request.length && action !== 'answer'; at += segmentBytes)
      action = play.tcp({ data: request.slice(at, at + segmentBytes) })
    assert.equal(action, 'answer', `${segmentBytes}`)
    assert.ok(!play.received.partner.texts.includes(request))
    assert.deepEqual(
      play.told().map((violation) => [violation.action, violation.criterion]),
      [['blocked', 'attack']],
    )
    assert.deepEqual(
      play.attacks.map((record) => [record.action, record.class]),
      [['blocked', 'sql-injection']],
    )
  }
})

test('an attack in the head is cut before the body comes', () => {
  const play = playWith('Protect', 'block')
  play.handshake()
  const head = 'POST /a?q=1%20union%20select%20null,null HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n'
  assert.equal(play.tcp({ data: head }), 'answer')
})

test('harmless requests on such a connection pass', () => {
  const play = playWith('Protect', 'block')
  play.handshake()
  assert.equal(play.tcp({ data: post('{"note":"It is fine, thanks"}') }), 'pass')
  assert.deepEqual(play.told(), [])
})

for (const [mode, attacks] of [
  ['Protect', 'report'],
  ['Monitor', 'block'],
  ['Discover', 'block'],
] as const)
  test(`in ${mode} with attacks: ${attacks} they pass, and are told of`, () => {
    const play = playWith(mode, attacks)
    play.handshake()
    assert.equal(play.tcp({ data: post(attack) }), 'pass')
    play.told()
    assert.deepEqual(
      play.attacks.map(({ action }) => action),
      ['reported'],
    )
  })
