import assert from 'node:assert/strict'
import { gzipSync } from 'node:zlib'
import { test } from 'node:test'
import { icmp, ipv4, ipv6, tcp, udp } from '../../packet/frames.ts'
import { IpProtocol, TcpFlag } from '../../packet/packet.ts'
import * as dns from '../../protocols/dns/fixtures.ts'
import { sslRequest, startup } from '../../protocols/postgresql/fixtures.ts'
import { clientHello, record, serverHello, serverName, versions } from '../../protocols/tls/fixtures.ts'
import type { RuleDefinition } from '../../policy/definition.ts'
import { AnsweredNames } from './answered-names.ts'
import { addresses, InlinePlay, policyWith, post, rule } from './inline-fixtures.ts'
import { limits } from './limits.ts'
import type { WatchedWorkload } from './watched-workload.ts'

const get = 'GET / HTTP/1.1\r\nHost: partner.example\r\n\r\n'
const noFinance = rule({ requirements: { personalData: { forbidden: ['financial'] } } })
const hello = record(22, clientHello([0x1301], [serverName('results.lab.example'), versions(0x0304)]))
const hello13 = record(22, serverHello(0x1301, [Buffer.from([0, 43, 0, 2, 3, 4])]))
const hello11 = record(22, serverHello(0x002f, [], 0x0302))
const inClear = { requirements: { encryption: {} } }
const tls12 = { requirements: { encryption: { minimumTlsVersion: 'TLSv1.2' as const } } }

type Step = ['workload' | 'partner', Uint8Array | string, expected: string]

const dialogues: [
  behaviour: string,
  rules: RuleDefinition[],
  watched: Partial<WatchedWorkload>,
  steps: Step[],
][] = [
  [
    'TLS is released once it is encrypted',
    [rule({ applications: ['SSL'] })],
    {},
    [
      ['workload', hello, 'pass'],
      ['partner', hello13, 'release'],
    ],
  ],
  [
    'TLS that is too old is cut at the hello that says so',
    [rule(tls12)],
    {},
    [
      ['workload', hello, 'pass'],
      ['partner', Buffer.concat([hello11, record(20, Buffer.from([1]), 0x0302)]), 'reset'],
    ],
  ],
  [
    'TLS that is new enough is released',
    [rule(tls12)],
    {},
    [
      ['workload', hello, 'pass'],
      ['partner', hello13, 'release'],
    ],
  ],
  [
    'PostgreSQL may ask for encryption where it is required',
    [rule(inClear)],
    {},
    [
      ['workload', sslRequest, 'pass'],
      ['partner', 'S', 'pass'],
      ['workload', hello, 'pass'],
      ['partner', hello13, 'release'],
    ],
  ],
  [
    'and is cut where that is refused',
    [rule(inClear)],
    {},
    [
      ['workload', sslRequest, 'pass'],
      ['partner', 'N', 'reset'],
    ],
  ],
  ['or not asked for', [rule(inClear)], {}, [['workload', startup('user', 'anna'), 'reset']]],
  [
    'what has to be encrypted and goes on about it for ever is cut',
    [rule(inClear)],
    {},
    [
      ['workload', hello, 'pass'],
      ...Array.from({ length: 5 }, (): Step => ['partner', record(22, Buffer.alloc(60_000)), 'pass']).slice(
        0,
        4,
      ),
      ['partner', record(22, Buffer.alloc(60_000)), 'reset'],
    ],
  ],
  [
    'content that is inspected stays',
    [rule()],
    { inspectsContent: true },
    [
      ['workload', get, 'pass'],
      ['partner', 'HTTP/1.1 204 No\r\n\r\n', 'pass'],
    ],
  ],
  [
    'until it is encrypted',
    [rule()],
    { inspectsContent: true },
    [
      ['workload', hello, 'pass'],
      ['partner', hello13, 'release'],
    ],
  ],
  [
    'a connection whose application is to be told waits for it',
    [rule()],
    { tellsApplications: true },
    [
      ['workload', 'GET ', 'pass'],
      ['workload', '/ HTTP/1.1\r\n', 'release'],
    ],
  ],
  [
    'a rule for a virtual host waits for the host',
    [rule({ to: 'hosts', ports: 'tcp/443' })],
    {},
    [
      ['workload', hello, 'pass'],
      ['partner', hello13, 'release'],
    ],
  ],
  [
    'and no other host passes',
    [rule({ to: 'hosts', ports: 'tcp/443' })],
    {},
    [['workload', record(22, clientHello([0x1301], [serverName('other.example')])), 'reset']],
  ],
  [
    'nor does what names none',
    [rule({ to: 'hosts', ports: 'tcp/443' })],
    {},
    [['workload', `\x01\x02${'x'.repeat(3000)}`, 'reset']],
  ],
]
for (const version of [4, 6] as const) {
  for (const [behaviour, rules, watched, steps] of dialogues) {
    test(`IPv${version}: ${behaviour}`, () => {
      const hosts = {
        name: 'hosts',
        criteria: [{ key: 'address', op: '=' as const, value: 'vh:*.lab.example' }],
      }
      const play = new InlinePlay(policyWith(rules, 'Protect', { groups: [hosts] }), watched)
      play.version = version
      play.handshake()
      for (const [from, data, expected] of steps) assert.equal(play.tcp({ from, data }), expected)
    })
  }
}

test('data of a connection that was cut is answered a few times, then now and then; its resets pass', () => {
  const play = new InlinePlay(policyWith([noFinance]))
  play.handshake()
  play.tcp({ data: post('{}') })
  // The second of two requests that wait: there is no place for an answer of ours.
  assert.equal(play.tcp({ data: post('DE89370400440532013000') }), 'reset')
  assert.equal(play.tcp({ flags: 'R' }), 'pass')
  assert.equal(play.tcp({ flags: 'RA', from: 'partner' }), 'pass')
  const after = Array.from({ length: limits.resetsPerFlow + 1 }, () => play.tcp({ data: 'x' }))
  assert.equal(after.filter((action) => action === 'reset').length, limits.resetsPerFlow - 1)
  assert.deepEqual(after.slice(-2), ['drop', 'drop'])
  play.now += limits.resetEveryUs
  assert.equal(play.tcp({ data: 'x' }), 'reset')
  assert.equal(play.inspector.counters.cut, 1)
  assert.equal(play.told().length, 1)
})

test('its flow is told of with what was found, and ends in a reset', () => {
  const play = new InlinePlay(policyWith([noFinance]))
  play.handshake()
  play.tcp({ data: post('DE89370400440532013000') })
  assert.deepEqual(
    play.flows.map(({ application }) => application),
    ['HTTP'],
  )
  play.inspector.close(play.now)
  assert.equal(play.flows.length, 1)
})

test('a new connection from the same port is decided anew', () => {
  const live = policyWith([])
  const play = new InlinePlay(live)
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
  live.define({ ...live.definition, rules: [rule()] })
  assert.equal(play.tcp({ flags: 'S', at: -5000 }), 'release')
})

test('a connection that a change of the policy denies is cut at its next packet', () => {
  const live = policyWith([rule()])
  const play = new InlinePlay(live, { inspectsContent: true })
  play.handshake()
  assert.equal(play.tcp({ data: get }), 'pass')
  live.define({ ...live.definition, rules: [rule({ action: 'deny' })] })
  assert.equal(play.tcp({ from: 'partner', data: 'HTTP/1.1 204 No\r\n\r\n' }), 'reset')
  assert.equal(play.told()[0].criterion, 'rule')
})

test('a connection that a change of the policy makes one to be looked at goes on, and is looked at', () => {
  const live = policyWith([rule()])
  const play = new InlinePlay(live, { inspectsContent: true })
  play.handshake()
  assert.equal(play.tcp({ data: get }), 'pass')
  live.define({ ...live.definition, rules: [noFinance] })
  assert.equal(play.tcp({ data: get }), 'pass')
  assert.equal(play.tcp({ data: post('DE89370400440532013000') }), 'reset')
})

test('a workload that joins a group is decided about by its rules from then on', () => {
  const live = policyWith([rule()])
  const [workload] = live.workloads
  live.stopped(workload.id)
  const play = new InlinePlay(live)
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
  live.started(workload, 'node-1')
  assert.equal(play.reconnect().tcp({ flags: 'S', at: -1 }), 'release')
})

test('datagrams that are denied are answered by an ICMP error, until the policy allows them', () => {
  const live = policyWith([])
  const play = new InlinePlay(live)
  assert.equal(play.udp({ data: 'a' }), 'reset')
  assert.equal(play.udp({ data: 'a' }), 'reset')
  live.define({ ...live.definition, rules: [rule()] })
  assert.equal(play.udp({ data: 'a' }), 'drop')
  assert.equal(play.udp({ data: 'a' }), 'release')
})

test('the first datagram tells its application, or that there is none', () => {
  const play = new InlinePlay(policyWith([rule({ applications: ['DNS'] })]))
  assert.equal(
    play.udp(
      { data: dns.message({ flags: dns.QUERY, questions: [dns.question('a.example', 1)] }) },
      'resolver',
    ),
    'release',
  )
  assert.equal(play.reconnect().udp({ data: 'something else' }), 'reset')
})

const partner = { name: 'partner', criteria: [{ key: 'address', op: '=' as const, value: '*.lab.example' }] }
const byName = () =>
  policyWith(
    [rule({ id: 'names', ports: 'udp/53' }), rule({ id: 'partner', to: 'partner', ports: 'tcp/443' })],
    'Protect',
    { groups: [partner] },
  )

function answer(play: InlinePlay, name: string, ttl = 60): string[] {
  const questions = [dns.question(name, dns.Rr.a)]
  const answers = [dns.resource(dns.pointer(12), dns.Rr.a, dns.ipv4(addresses[4].partner), ttl)]
  return [
    play.udp({ data: dns.message({ flags: dns.QUERY, questions }) }, 'resolver'),
    play.udp({ from: 'partner', data: dns.message({ flags: dns.RESPONSE, questions, answers }) }, 'resolver'),
  ]
}

test('a connection right after the answer that names its address is allowed, one before it is not', () => {
  const play = new InlinePlay(byName())
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
  assert.deepEqual(answer(play, 'results.lab.example'), ['pass', 'pass'])
  assert.equal(play.reconnect().tcp({ flags: 'S', at: -1 }), 'release')
  assert.deepEqual(
    play.told().map(({ criterion }) => criterion),
    ['no-rule'],
  )
})

test('names count as long as they were answered for, a minute at the least', () => {
  const after = (ttl: number, seconds: number) => {
    const play = new InlinePlay(byName())
    answer(play, 'results.lab.example', ttl)
    play.now += seconds * 1_000_000
    return play.tcp({ flags: 'S', at: -1 })
  }
  assert.equal(after(0, 59), 'release')
  assert.equal(after(0, 62), 'reset')
  assert.equal(after(300, 299), 'release')
  assert.equal(after(300, 302), 'reset')
})

test('a connection outlives the name that it was made by', () => {
  const live = byName()
  const play = new InlinePlay(live, { inspectsContent: true })
  answer(play, 'results.lab.example')
  play.handshake()
  assert.equal(play.tcp({ data: get }), 'pass')
  play.now += 3_600_000_000
  answer(play.reconnect(), 'cdn.example')
  play.ports.workload--
  live.define({ ...live.definition, rules: [...live.definition.rules, rule({ id: 'more', ports: 'tcp/1' })] })
  assert.equal(play.tcp({ data: get, at: get.length, ack: 0 }), 'pass')
})

test('another name of the same address takes nothing away', () => {
  const play = new InlinePlay(byName())
  answer(play, 'results.lab.example')
  answer(play, 'cdn.example')
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'release')
})

test('names that were answered before its packets were held count', () => {
  const names = new AnsweredNames()
  answer(new InlinePlay(byName(), {}, names), 'results.lab.example')
  assert.equal(new InlinePlay(byName(), {}, names).tcp({ flags: 'S', at: -1 }), 'release')
})

test('only the resolvers that are named give names, where some are', () => {
  const play = new InlinePlay(byName(), { resolvers: new Set(['10.0.0.54']) })
  answer(play, 'results.lab.example')
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
})

const pickedUp: [
  behaviour: string,
  rules: RuleDefinition[],
  watched: Partial<WatchedWorkload>,
  lateUs: number,
  action: string,
][] = [
  ['goes on where addresses and ports allow it', [rule({ applications: ['SSL'] })], {}, 0, 'release'],
  ['goes on where a name may have allowed it', [rule({ to: 'partner' })], {}, 0, 'release'],
  ['is cut where they do not', [rule({ ports: 'tcp/80' })], {}, 0, 'reset'],
  ['goes on where it may or may not be encrypted', [rule(inClear)], {}, 0, 'release'],
  [
    'long after, it goes on where that is how it failed',
    [rule({ applications: ['SSL'] })],
    {},
    limits.pickUpUs + 1,
    'release',
  ],
  ['or is cut', [rule({ applications: ['SSL'] })], { onFailure: 'closed' }, limits.pickUpUs + 1, 'reset'],
  ['but not where any application may', [rule()], { onFailure: 'closed' }, limits.pickUpUs + 1, 'release'],
]
for (const [behaviour, rules, watched, lateUs, action] of pickedUp) {
  test(`a connection that was there before: ${behaviour}`, () => {
    const play = new InlinePlay(policyWith(rules, 'Protect', { groups: [partner] }), watched)
    play.now += lateUs
    assert.equal(play.tcp({ data: 'in the middle of something' }), action)
    assert.equal(play.inspector.counters.pickedUp, 1)
    play.told()
    assert.ok(play.gaps.some(({ reason }) => reason === 'inline-picked-up'))
  })
}

test('in the middle of a connection a value that may not cross is still cut', () => {
  const play = new InlinePlay(policyWith([noFinance]))
  assert.equal(play.tcp({ data: 'iban=DE89370400440532013000 ' }), 'reset')
})

const damaged = gzipSync('x'.repeat(500)).fill(0xff, 10)
const unreadable = Buffer.concat([
  Buffer.from(
    `POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: ${damaged.length}\r\n\r\n`,
  ),
  damaged,
])
const failures: [how: 'open' | 'closed', action: string][] = [
  ['open', 'pass'],
  ['closed', 'reset'],
]
for (const [onFailure, action] of failures) {
  test(`failing ${onFailure}: what cannot be read is answered by ${action}, and told`, () => {
    const play = new InlinePlay(policyWith([noFinance]), { onFailure })
    play.handshake()
    assert.equal(play.tcp({ data: unreadable }), action)
    play.told()
    assert.ok(play.gaps.some(({ reason, workload }) => reason === 'inline-not-readable' && workload === 'w1'))
    assert.deepEqual(
      play.violations.map(({ criterion }) => criterion),
      onFailure === 'open' ? [] : ['not-inspected'],
    )
  })

  test(`failing ${onFailure}: bytes that went past the queue are answered by ${action}, and told`, () => {
    const play = new InlinePlay(policyWith([noFinance]), { onFailure })
    play.handshake()
    play.tcp({ data: 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n' })
    const after = 60 + 2000
    const claim = () => play.tcp({ from: 'partner', ack: after + 10 })
    play.tcp({ data: 'x'.repeat(10), at: after })
    assert.ok([claim(), claim(), claim()].includes(action))
    play.told()
    assert.ok(play.gaps.some(({ reason, bytes = 0 }) => reason === 'inline-stream-gap' && bytes > 1900))
  })

  test(`failing ${onFailure}: a packet of which the kernel gave only a part`, () => {
    const play = new InlinePlay(policyWith([noFinance]), { onFailure })
    const bytes = ipv4(
      { source: addresses[4].workload, destination: addresses[4].partner, protocol: 6 },
      tcp({ sourcePort: 1, destinationPort: 2 }),
    )
    assert.equal(play.ip('workload', bytes, 30), onFailure === 'open' ? 'pass' : 'drop')
  })
}

test('messages without which IP does not work pass', () => {
  const play = new InlinePlay(policyWith([]))
  const { workload: source, partner: destination } = addresses[6]
  for (const type of [135, 136, 2]) {
    assert.equal(
      play.ip(
        'workload',
        ipv6({ source, destination, protocol: IpProtocol.icmp6 }, icmp(type, 0, Buffer.alloc(24))),
      ),
      'pass',
    )
  }
  play.inspector.close(play.now)
  assert.deepEqual(play.violations, [])
  assert.equal(
    play.ip('workload', ipv6({ source, destination, protocol: IpProtocol.icmp6 }, icmp(128, 0))),
    'drop',
  )
})

test('fragments do not come, and do not pass', () => {
  const play = new InlinePlay(policyWith([rule()]))
  const { workload: source, partner: destination } = addresses[4]
  const fragment = ipv4({ source, destination, protocol: 17, moreFragments: true }, Buffer.alloc(64))
  assert.equal(play.ip('workload', fragment), 'drop')
})

test('a tunnel is decided about by its own ends, not by those of what is in it', () => {
  const play = new InlinePlay(policyWith([rule({ ports: 'tcp/443' })]))
  const inner = ipv4(
    { source: addresses[4].workload, destination: addresses[4].partner, protocol: 6 },
    tcp({ sourcePort: 1, destinationPort: 443, flags: TcpFlag.syn }),
  )
  const vxlan = Buffer.concat([
    Buffer.from([8, 0, 0, 0, 0, 0, 1, 0]),
    Buffer.from('0200000000020200000000010800', 'hex'),
    inner,
  ])
  const outer = ipv4(
    { source: addresses[4].workload, destination: '203.0.113.9', protocol: 17 },
    udp({ sourcePort: 5000, destinationPort: 4789 }, vxlan),
  )
  assert.equal(play.ip('workload', outer), 'reset')
  assert.equal(play.told()[0].server.address, '203.0.113.9')
})

test('both ends of a connection within the namespace are the workload', () => {
  const play = new InlinePlay(policyWith([rule({ to: 'nv.api.clinic' })]))
  const ends = { source: '127.0.0.1', destination: '127.0.0.1', protocol: IpProtocol.tcp }
  const syn = ipv4(ends, tcp({ sourcePort: 40_000, destinationPort: 80, flags: TcpFlag.syn }))
  assert.equal(play.ip('workload', syn), 'release')
})

test('packets between two addresses of the namespace go out and come in, and all pass', () => {
  const play = new InlinePlay(policyWith([rule({ to: 'external', applications: ['HTTP'] })]))
  const ends = { source: '10.0.0.1', destination: '10.0.0.200' }
  const there = (fields: { flags: number; sequence: number; acknowledgment: number }, data = '') =>
    ipv4(
      { ...ends, protocol: 6 },
      tcp({ sourcePort: 40_000, destinationPort: 80, ...fields }, Buffer.from(data)),
    )
  const back = (fields: { flags: number; sequence: number; acknowledgment: number }) =>
    ipv4(
      { source: ends.destination, destination: ends.source, protocol: 6 },
      tcp({ sourcePort: 80, destinationPort: 40_000, ...fields }),
    )
  const { syn, ack } = TcpFlag
  const packets = [
    there({ flags: syn, sequence: 100, acknowledgment: 0 }),
    back({ flags: syn | ack, sequence: 500, acknowledgment: 101 }),
    there({ flags: ack, sequence: 101, acknowledgment: 501 }),
    there({ flags: ack, sequence: 101, acknowledgment: 501 }, 'GET '),
  ]
  const actions = packets.flatMap((bytes) => [play.ip('workload', bytes), play.ip('partner', bytes)])
  assert.deepEqual(new Set(actions), new Set(['pass']))
})

test('violations of a kind go on being counted, and are told of again after a while', () => {
  const play = new InlinePlay(policyWith([]))
  play.tcp({ flags: 'S', at: -1 })
  assert.equal(play.told().length, 1)
  play.reconnect().tcp({ flags: 'S', at: -1 })
  assert.equal(play.told().length, 1)
  play.now += limits.violationRepeatUs
  const [first, again] = play.told()
  assert.deepEqual([again.id, again.count], [first.id, 2])
})

test('a port scan is told of in so many kinds, and no more', () => {
  const groups = [{ name: 'containers', criteria: [], threats: 'report' as const }]
  const play = new InlinePlay(policyWith([], 'Protect', { groups }))
  for (let port = 1; port <= limits.violationKinds + 10; port++) {
    play.ports = { workload: 40_000, partner: port }
    play.tcp({ flags: 'S', at: -1 })
  }
  for (let i = 0; i < limits.violationKinds / limits.explanationsPerReport; i++) play.told()
  assert.equal(play.violations.length, limits.violationKinds)
  assert.equal(play.inspector.counters.unlistedViolations, 10)
})
