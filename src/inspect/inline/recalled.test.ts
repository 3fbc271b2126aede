import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { GroupDefinition, RuleDefinition } from '../../policy/definition.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import { clientHello, record, serverHello, serverName, versions } from '../../protocols/tls/fixtures.ts'
import { AnsweredNames } from './answered-names.ts'
import { InlinePlay, ORIGIN, policyWith, post, rule } from './inline-fixtures.ts'

type Word = ['workload' | 'partner', Uint8Array | string]

const http: Word[] = [['workload', post('{"note":"nothing"}')]]
const tls = (version: number): Word[] => [
  ['workload', record(22, clientHello([0x1301], [serverName('results.lab.example'), versions(version)]))],
  ['partner', record(22, serverHello(0x1301, [Buffer.from([0, 43, 0, 2, version >> 8, version & 255])]))],
  ['workload', record(23, Buffer.alloc(60, 0xa5))],
]
const minimum = (minimumTlsVersion: 'TLSv1.2' | 'TLSv1.3'): Partial<RuleDefinition> => ({
  requirements: { encryption: { minimumTlsVersion } },
})

/** Has a connection released by a rule that allows all. @returns what was noted of it */
function release(play: InlinePlay, words: Word[]): number {
  play.handshake()
  const actions = words.map(([from, data]) => play.tcp({ from, data }))
  assert.equal(actions.at(-1), 'release')
  return play.inspector.note
}

const told = { tellsApplications: true }

function change(live: LivePolicy, more: Partial<RuleDefinition>): void {
  live.define({ ...live.definition, rules: [rule(more)] })
}

const rows: [what: string, words: Word[], now: Partial<RuleDefinition>, action: string][] = [
  ['is allowed as before', http, { applications: ['HTTP'] }, 'release'],
  ['is denied', http, { action: 'deny' }, 'reset'],
  ['is of an application that is denied', http, { applications: ['SSL'] }, 'reset'],
  ['is of an application that is allowed', tls(0x0304), { applications: ['SSL'] }, 'release'],
  ['goes to another port than those', http, { ports: 'tcp/80' }, 'reset'],
  ['has to be encrypted', http, minimum('TLSv1.2'), 'reset'],
  ['is encrypted as it has to be', tls(0x0304), minimum('TLSv1.3'), 'release'],
  ['is encrypted by less than it has to be', tls(0x0303), minimum('TLSv1.3'), 'reset'],
]

suite('a connection that was released, by a policy that has changed since', () => {
  for (const [what, words, now, action] of rows) {
    test(what, () => {
      const live = policyWith([rule()])
      const play = new InlinePlay(live, told)
      const note = release(play, words)
      // By whoever released it, at packets that the kernel brings again, and that were under way.
      change(live, now)
      play.recalled = { note, isFromAnswerer: false }
      assert.equal(play.tcp({ data: 'more' }), action)
      if (action === 'release') assert.equal(play.inspector.note, note)

      // By whoever comes after one that was killed, at a packet of either end.
      for (const from of ['workload', 'partner'] as const) {
        const other = new InlinePlay(live, told)
        other.recalled = { note, isFromAnswerer: from === 'partner' }
        assert.equal(other.tcp({ from, data: 'more' }), action, from)
      }
    })
  }

  test('is asked about at packets that were under way, too', () => {
    const live = policyWith([rule()])
    const play = new InlinePlay(live, told)
    release(play, http)
    change(live, { applications: ['HTTP'] })
    assert.equal(play.tcp({ data: 'more' }), 'release')
    change(live, { applications: ['SSL'] })
    assert.equal(play.tcp({ from: 'partner', data: 'more' }), 'reset')
  })

  test('goes on where a name allowed it that its server had', () => {
    const groups: GroupDefinition[] = [
      { name: 'lab', criteria: [{ key: 'address', op: '=', value: 'results.lab.example' }] },
    ]
    const names = new AnsweredNames()
    const answer = { name: 'results.lab.example', address: Buffer.from([198, 51, 100, 7]), ttlSeconds: 1 }
    const play = new InlinePlay(policyWith([rule({ to: 'lab' })], 'Protect', { groups }), told, names)
    names.learn(ORIGIN, answer, play.now)
    const note = release(play, tls(0x0304))
    play.now += 3_600_000_000
    for (const each of [
      play,
      new InlinePlay(policyWith([rule({ to: 'lab' })], 'Protect', { groups }), told),
    ]) {
      each.recalled = { note, isFromAnswerer: false }
      assert.equal(each.tcp({ data: record(23, Buffer.alloc(60)) }), 'release')
    }
  })

  test('of UDP is known by who opened it', () => {
    const live = policyWith([rule({ ports: 'udp/443' })])
    const play = new InlinePlay(live)
    play.recalled = { note: 0, isFromAnswerer: true }
    assert.equal(play.udp({ from: 'partner', data: 'answer' }), 'release')
    change(live, { ports: 'tcp/443' })
    assert.equal(play.udp({ from: 'partner', data: 'answer' }), 'reset')
  })
})
