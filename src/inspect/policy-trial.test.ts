import assert from 'node:assert/strict'
import { test } from 'node:test'
import { builtInDetector } from '../../test/support/built-in-detector.ts'
import type { AttackRecord, ViolationRecord } from '../model/records.ts'
import { ethernet, icmp, ipv6 } from '../packet/frames.ts'
import { IpProtocol, LinkType, Packet } from '../packet/packet.ts'
import type { PolicyDefinition, RuleDefinition } from '../policy/definition.ts'
import { addresses, InlinePlay, policyWith, post, rule } from './inline/inline-fixtures.ts'
import { PolicyTrial } from './policy-trial.ts'
import { builtInProtocols } from './protocols.ts'

const iban = 'DE89370400440532013000'
const rules: [behaviour: string, rules: RuleDefinition[], data: string, told: string[]][] = [
  ['allowed', [rule()], 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', []],
  ['no rule', [], 'hello', ['no-rule']],
  [
    'another application',
    [rule({ applications: ['SSL'] })],
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    ['application'],
  ],
  [
    'in the clear',
    [rule({ requirements: { encryption: {} } })],
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    ['encryption'],
  ],
  [
    'a forbidden category',
    [rule({ requirements: { personalData: { forbidden: ['financial'] } } })],
    post(`{"iban":"${iban}"}`),
    ['personal-data'],
  ],
]
for (const [behaviour, all, data, told] of rules) {
  test(`a capture is judged as its packets are inline: ${behaviour}`, () => {
    const play = new InlinePlay(policyWith(all))
    const frames: Uint8Array[] = []
    play.record = (bytes) => frames.push(ethernet(0x0800, bytes))
    play.handshake()
    play.tcp({ data })
    const inline = play.told().map(({ criterion, action }) => [criterion, action])
    assert.deepEqual(
      inline,
      told.map((criterion) => [criterion, 'blocked']),
    )
    assert.deepEqual(
      tried(policyWith(all), frames).map(({ criterion, action }) => [criterion, action]),
      inline,
    )
  })
}

test('messages without which IP does not work are nothing to tell', () => {
  const ends = {
    source: addresses[6].workload,
    destination: addresses[6].partner,
    protocol: IpProtocol.icmp6,
  }
  const solicitation = ethernet(0x86dd, ipv6(ends, icmp(135, 0, Buffer.alloc(24))))
  assert.deepEqual(tried(policyWith([]), [solicitation]), [])
})

test('what would be cut goes on being inspected, and is told of once', () => {
  const play = new InlinePlay(policyWith([]))
  const frames: Uint8Array[] = []
  play.record = (bytes) => frames.push(ethernet(0x0800, bytes))
  play.handshake()
  play.tcp({ data: post(`{"iban":"${iban}"}`) })
  const found: string[] = []
  const violations = tried(policyWith([]), frames, found)
  assert.deepEqual(
    violations.map(({ count }) => count),
    [1],
  )
  assert.deepEqual(found, ['iban'])
})

const talk = `{"note":"In the course we saw that x' or 1=1 -- is what people type into forms to get in"}`
const partner = { name: 'partner', criteria: [{ key: 'address', op: '=' as const, value: '198.51.100.7' }] }
const until = '2999-12-31'
const levels: [behaviour: string, more: Partial<PolicyDefinition>, told: number[]][] = [
  ['one level for all that no group says anything of', { groups: [partner] }, []],
  ['the level of either end', { groups: [{ ...partner, strictness: 2 }] }, [2]],
  [
    'an exception of a group that has nothing to do with it',
    {
      groups: [{ ...partner, strictness: 2 }],
      attackExceptions: [{ name: 'a', rules: ['*'], owner: 'b', until, groups: ['nv.web.clinic'] }],
    },
    [2],
  ],
  [
    'an exception of a group of its own',
    {
      groups: [{ ...partner, strictness: 2 }],
      attackExceptions: [{ name: 'a', rules: ['sql.*'], owner: 'b', until, groups: ['nv.api.clinic'] }],
    },
    [],
  ],
]
for (const [behaviour, more, told] of levels) {
  test(`requests are judged by what the groups say of it, watched and held: ${behaviour}`, () => {
    const play = new InlinePlay(policyWith([rule()], 'Protect', more), { inspectsContent: true })
    const frames: Uint8Array[] = []
    play.record = (bytes) => frames.push(ethernet(0x0800, bytes))
    play.handshake()
    play.tcp({ data: post(talk) })
    play.told()
    const levelsOf = (attacks: readonly AttackRecord[]) => attacks.map(({ level }) => level)
    assert.deepEqual(levelsOf(play.attacks), told, 'held')
    const watched: AttackRecord[] = []
    tried(policyWith([rule()], 'Monitor', more), frames, [], watched)
    assert.deepEqual(levelsOf(watched), told, 'watched')
  })
}

function tried(
  live: ReturnType<typeof policyWith>,
  frames: readonly Uint8Array[],
  found: string[] = [],
  attacks: AttackRecord[] = [],
): ViolationRecord[] {
  const options = { protocols: builtInProtocols, detector: builtInDetector, hashKey: Buffer.alloc(32, 1) }
  const trial = new PolicyTrial(
    { ...options, seed: [1, 2], live },
    {
      flow: (view) => found.push(...view.findings().map(({ identifier }) => identifier)),
      attack: (record) => attacks.push(record),
    },
  )
  for (const [i, bytes] of frames.entries()) {
    const packet = new Packet()
    packet.bytes = bytes
    packet.end = packet.originalLength = bytes.length
    packet.linkType = LinkType.ethernet
    packet.time = 1_700_000_000_000_000 + i
    trial.packet(packet)
  }
  trial.engine.close()
  const violations: ViolationRecord[] = []
  trial.close((record) => violations.push(record))
  return violations
}
