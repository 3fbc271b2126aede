import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mode, ThreatHandling } from '../../policy/definition.ts'
import { InlinePlay, policyWith, rule } from './inline-fixtures.ts'
import { limits } from './limits.ts'

/** `TCP.SACK.DDoS.With.Small.MSS`, which NeuVector drops, and `TCP.Null.Scan`, which is ours. */
const smallMss = 2025
const nullScan = 3005

/** An option of a SYN that asks for segments of 48 bytes. */
const mss48 = Uint8Array.of(2, 4, 0, 48)

function playWith(mode: Mode, threats?: ThreatHandling): InlinePlay {
  const groups =
    threats === undefined
      ? []
      : [{ name: 'all', criteria: [{ key: 'container', op: '=' as const, value: '*' }], threats }]
  return new InlinePlay(
    policyWith([rule(), rule({ id: 'in', from: 'external', to: 'nv.api.clinic' })], mode, { groups }),
  )
}

const rows: [mode: Mode, threats: ThreatHandling | undefined, mss: string, scan: string][] = [
  ['Protect', undefined, 'reset', 'other'],
  ['Protect', 'block', 'reset', 'reset'],
  ['Protect', 'report', 'pass', 'other'],
  ['Protect', [nullScan], 'pass', 'reset'],
  ['Protect', [smallMss, nullScan], 'reset', 'reset'],
  ['Monitor', 'block', 'pass', 'other'],
  ['Discover', 'block', 'pass', 'other'],
]

for (const [mode, threats, mss, scan] of rows)
  test(`in ${mode} with threats ${JSON.stringify(threats) ?? 'as usual'} a small MSS is ${mss}, a null scan ${scan}`, () => {
    const small = playWith(mode, threats)
    const answer = small.tcp({ from: 'partner', flags: 'S', at: -1, options: mss48 })
    assert.equal(answer === 'reset' ? 'reset' : 'pass', mss)
    const scanned = playWith(mode, threats)
    const action = scanned.tcp({ from: 'partner', flags: '', at: -1 })
    assert.equal(action === 'reset' ? 'reset' : 'other', scan)
    for (const [play, expected] of [
      [small, mss],
      [scanned, scan],
    ] as const) {
      play.told()
      play.inspector.close(play.now)
      assert.deepEqual(
        play.threats.map((record) => record.action),
        [expected === 'reset' ? 'blocked' : 'reported'],
      )
    }
  })

test('whoever was a threat begins no connection for a while, told once; what was there before goes on', () => {
  const play = playWith('Protect', [nullScan])
  const reconnect = () => {
    play.ports = { ...play.ports, partner: play.ports.partner + 1 }
    return play
  }
  play.ports.partner = 50_000
  play.ports.workload = 80
  assert.notEqual(play.tcp({ from: 'partner', flags: 'S', at: -1 }), 'reset')
  play.tcp({ flags: 'SA', at: -1 })
  play.tcp({ from: 'partner' })

  assert.equal(reconnect().tcp({ from: 'partner', flags: '', at: -1 }), 'reset')
  assert.equal(reconnect().tcp({ from: 'partner', flags: 'S', at: -1 }), 'reset')
  assert.equal(reconnect().tcp({ from: 'partner', flags: 'S', at: -1 }), 'reset')
  assert.deepEqual(
    play.told().map(({ criterion, action, count }) => [criterion, action, count]),
    [['threat', 'blocked', 1]],
  )
  play.ports.partner = 50_000
  assert.notEqual(play.tcp({ from: 'partner', data: 'hello' }), 'reset', 'the connection from before')
  play.ports.partner = 51_000
  play.now += limits.threatBlockUs
  assert.notEqual(play.tcp({ from: 'partner', flags: 'S', at: -1 }), 'reset', 'after its time')
})

test('connections of the workload to whoever is kept out go on to be made', () => {
  const play = playWith('Protect', [nullScan])
  assert.equal(play.tcp({ from: 'partner', flags: '', at: -1 }), 'reset')
  play.ports.workload = 41_000
  assert.notEqual(play.tcp({ flags: 'S', at: -1 }), 'reset')
})

test('thresholds are those of the group, and another policy changes them at once', () => {
  const said = (thresholds?: string[]) => {
    const criteria = [{ key: 'container', op: '=' as const, value: '*' }]
    return { groups: [{ name: 'all', criteria, ...(thresholds && { thresholds }) }] }
  }
  const rules = [rule(), rule({ id: 'in', from: 'external', to: 'nv.api.clinic' })]
  const live = policyWith(rules, 'Monitor', said())
  const play = new InlinePlay(live)
  const names = () => {
    play.inspector.close(play.now)
    return play.threats.splice(0).map(({ name, measured }) => `${name} ${measured.threshold}`)
  }
  const rows: [thresholds: string[] | undefined, told: string[]][] = [
    [undefined, ['TCP.SACK.DDoS.With.Small.MSS 255']],
    [['2025=40'], []],
    [['2025=off'], []],
    [
      ['2025=60', '2003=on'],
      ['TCP.SACK.DDoS.With.Small.MSS 60', 'TCP.SYN.With.Data 1'],
    ],
    [undefined, ['TCP.SACK.DDoS.With.Small.MSS 255']],
  ]
  for (const [i, [thresholds, told]] of rows.entries()) {
    live.define(policyWith(rules, 'Monitor', said(thresholds)).definition)
    play.ports = { workload: 40_000, partner: 50_000 + i }
    play.tcp({ from: 'partner', flags: 'S', at: -1, options: mss48, data: 'early' })
    assert.deepEqual(names().sort(), told, JSON.stringify(thresholds))
  }
})
