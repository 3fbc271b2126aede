import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LoggedTable, packetOf, type PacketFields, START_US } from './flow-fixtures.ts'
import { FlowEnd } from './flow-table.ts'
import { flowLimits } from './limits.ts'
import { DecodeStatus, IpProtocol, TcpFlag } from './packet.ts'

const { syn: SYN, ack: ACK, rst: RST } = TcpFlag
const { icmp, udp, sctp } = IpProtocol
const CLIENT = '10.0.0.1:40000'
const SERVER = '10.0.0.2:80'
const ends = `${CLIENT}>${SERVER}`

test('who is the client', () => {
  const table: [what: string, packet: PacketFields, client: 'sender' | 'receiver'][] = [
    ['SYN, whatever the ports', { from: '1.0.0.1:80', to: '1.0.0.2:40000', flags: SYN }, 'sender'],
    ['SYN+ACK', { from: '1.0.0.1:40000', to: '1.0.0.2:80', flags: SYN | ACK }, 'receiver'],
    ['midstream to a system port', { from: '1.0.0.1:40000', to: '1.0.0.2:443', flags: ACK }, 'sender'],
    ['midstream from a system port', { from: '1.0.0.1:443', to: '1.0.0.2:40000', flags: ACK }, 'receiver'],
    ['midstream from a service', { from: '1.0.0.1:5432', to: '1.0.0.2:1050', flags: ACK }, 'receiver'],
    [
      'midstream from a service above 32767',
      { from: '1.0.0.1:50051', to: '1.0.0.2:40000', flags: ACK },
      'receiver',
    ],
    ['NFS from a reserved port', { from: '1.0.0.1:2049', to: '1.0.0.2:700', flags: ACK }, 'receiver'],
    [
      'midstream from a registered port',
      { from: '1.0.0.1:12345', to: '1.0.0.2:40000', flags: ACK },
      'receiver',
    ],
    [
      'midstream between ephemeral ports',
      { from: '1.0.0.1:40000', to: '1.0.0.2:50000', flags: ACK },
      'sender',
    ],
    ['DNS answer', { from: '1.0.0.1:53', to: '1.0.0.2:40000', protocol: udp }, 'receiver'],
    ['NTP between servers', { from: '1.0.0.1:123', to: '1.0.0.2:123', protocol: udp }, 'sender'],
    ['DHCP offer', { from: '1.0.0.1:67', to: '1.0.0.2:68', protocol: udp }, 'receiver'],
    ['to a multicast group', { from: '1.0.0.1:53', to: '224.0.0.251:40000', protocol: udp }, 'sender'],
    ['to a multicast group', { from: '[fe80::1]:53', to: '[ff02::fb]:40000', protocol: udp }, 'sender'],
    ['echo', { from: '1.0.0.1:77', to: '1.0.0.2:0', protocol: icmp }, 'sender'],
    ['echo reply', { from: '1.0.0.1:0', to: '1.0.0.2:77', protocol: icmp }, 'receiver'],
    ['ICMP without identifier', { from: '1.0.0.1', to: '1.0.0.2', protocol: icmp }, 'sender'],
    [
      'SCTP INIT',
      { from: '1.0.0.1:38412', to: '1.0.0.2:40000', protocol: sctp, payload: Buffer.of(1) },
      'sender',
    ],
    [
      'SCTP INIT ACK',
      { from: '1.0.0.1:40000', to: '1.0.0.2:80', protocol: sctp, payload: Buffer.of(2) },
      'receiver',
    ],
    [
      'SCTP data',
      { from: '1.0.0.1:38412', to: '1.0.0.2:40000', protocol: sctp, payload: Buffer.of(0) },
      'receiver',
    ],
    ['other protocols', { from: '1.0.0.1', to: '1.0.0.2', protocol: 50 }, 'sender'],
  ]
  for (const [what, packet, client] of table) {
    const logged = new LoggedTable()
    const flow = logged.track(packet)
    assert.equal(logged.flows.direction, client === 'sender' ? 0 : 1, what)
    const port = /:(\d+)$/.exec(client === 'sender' ? packet.from : packet.to)?.[1]
    assert.equal(logged.flows.clientPort(flow), Number(port ?? 0), what)
  }
})

test('a flow counts by direction and keeps its addresses', () => {
  const ipv6 = { from: '[2001:db8::1]:40000', to: '[2001:db8:ffff::2]:443' }
  for (const way of [{ from: CLIENT, to: SERVER }, ipv6]) {
    const logged = new LoggedTable()
    const { flows } = logged
    const flow = logged.track({ ...way, flags: SYN, networkId: 7 })
    assert.equal(flows.created, true)
    const back = { from: way.to, to: way.from, networkId: 7, payload: Buffer.alloc(100) }
    assert.equal(logged.track({ ...back, flags: SYN | ACK, seconds: 1 }), flow)
    assert.deepEqual([flows.created, flows.direction], [false, 1])
    assert.deepEqual([flows.bytes(flow, 0), flows.bytes(flow, 1)], [40, 140])
    assert.deepEqual([flows.packets(flow, 0), flows.packets(flow, 1)], [1, 1])
    assert.deepEqual([flows.start(flow), flows.last(flow)], [START_US, START_US + 1e6])
    assert.equal(logged.ends(flow), `${way.from}>${way.to}`.replaceAll(/[[\]]/g, ''))
    assert.deepEqual([flows.networkId(flow), flows.protocol(flow)], [7, 6])
    assert.equal(flows.ipVersion(flow), way === ipv6 ? 6 : 4)
  }
})

test('flipping a flow exchanges its ends, past and to come', () => {
  const logged = new LoggedTable()
  const { flows } = logged
  const flow = logged.track({ from: SERVER, to: CLIENT, flags: SYN, payload: Buffer.alloc(60) })
  flows.flip(flow)
  assert.equal(logged.ends(flow), ends)
  assert.deepEqual([flows.bytes(flow, 0), flows.bytes(flow, 1)], [0, 100])
  logged.track({ from: CLIENT, to: SERVER, flags: ACK })
  assert.equal(flows.direction, 0)
  assert.deepEqual([flows.bytes(flow, 0), flows.bytes(flow, 1)], [40, 100])
})

test('what differs in any part of the key is another flow', () => {
  const base = { from: '10.0.0.1:1000', to: '10.0.0.2:2000' }
  const others: PacketFields[] = [
    { ...base, from: '10.0.0.1:1001' },
    { ...base, from: '10.0.0.3:1000' },
    { ...base, to: '10.0.0.2:2001' },
    { ...base, to: '10.0.0.3:2000' },
    { from: '10.0.0.1:2000', to: '10.0.0.2:1000' },
    { ...base, protocol: udp },
    { ...base, networkId: 1 },
    { ...base, networkId: 0xffffff },
    { from: '[::10.0.0.1]:1000', to: '[::10.0.0.2]:2000' },
    { from: '[::ffff:10.0.0.1]:1000', to: '[::ffff:10.0.0.2]:2000' },
  ]
  const logged = new LoggedTable()
  const indexes = [base, ...others].map((fields) => logged.track(fields))
  assert.equal(new Set(indexes).size, others.length + 1)
  assert.deepEqual(
    [base, ...others].map((fields) => logged.track(fields)),
    indexes,
  )
})

test('both ends the same is one flow', () => {
  const logged = new LoggedTable()
  const land = { from: '10.0.0.1:80', to: '10.0.0.1:80', flags: SYN }
  assert.equal(logged.track(land), logged.track(land))
  assert.equal(logged.flows.size, 1)
})

test('a flow ends after the time-out of its phase without a packet', () => {
  const opened = [{ flags: SYN }, { flags: SYN | ACK, back: true }, { flags: ACK }]
  const pair = [{}, { back: true }]
  const table: [
    what: string,
    protocol: number,
    packets: { flags?: number; back?: boolean }[],
    seconds: number,
    state: string,
  ][] = [
    ['SYN', 6, [{ flags: SYN }], 20, 'attempted'],
    ['SYN, SYN+ACK', 6, opened.slice(0, 2), 20, 'attempted'],
    ['established', 6, opened, 1200, 'established'],
    ['midstream, one side', 6, [{ flags: ACK }], 300, 'midstream'],
    ['midstream, two sides', 6, [{ flags: ACK }, { flags: ACK, back: true }], 1200, 'midstream'],
    ['RST alone', 6, [{ flags: RST }], 10, 'reset'],
    ['UDP one way', 17, [{}, {}], 30, 'one-way'],
    ['UDP two ways', 17, pair, 180, 'two-way'],
    ['ICMP', 1, pair, 5, 'two-way'],
    ['ICMPv6', 58, [{}], 5, 'one-way'],
    ['others one way', 47, [{}], 30, 'one-way'],
    ['SCTP two ways', 132, pair, 180, 'two-way'],
  ]
  for (const [what, protocol, packets, seconds, state] of table) {
    const logged = new LoggedTable()
    for (const { flags = 0, back = false } of packets) {
      logged.track({ from: back ? SERVER : CLIENT, to: back ? CLIENT : SERVER, protocol, flags })
    }
    logged.flows.expire(START_US + seconds * 1e6 - 1)
    assert.equal(logged.flows.size, 1, what)
    assert.equal(logged.flows.state(0), state, what)
    logged.flows.expire(START_US + seconds * 1e6)
    assert.equal(logged.flows.size, 0, what)
  }
})

test('a packet after the time-out begins another flow, seen idle before or not', () => {
  const logged = new LoggedTable()
  const packet = { from: CLIENT, to: '10.0.0.2:53', protocol: udp }
  logged.track(packet)
  logged.track({ ...packet, seconds: 29.9 })
  logged.track({ ...packet, seconds: 60 })
  assert.deepEqual(logged.ended, ['10.0.0.1:40000>10.0.0.2:53 idle one-way 2+0'])
  assert.equal(logged.flows.size, 1)
  assert.equal(logged.flows.packets(0, 0), 1)
})

test('traffic of other flows ends idle ones', () => {
  const logged = new LoggedTable()
  logged.track({ from: CLIENT, to: SERVER, protocol: udp })
  for (let i = 0; i < 2 * flowLimits.sweepPackets; i++) {
    logged.track({ from: CLIENT, to: '10.0.0.3:80', protocol: udp, seconds: 31 })
  }
  assert.deepEqual(logged.ended, [`${ends} idle one-way 1+0`])
})

test('time-outs can be set by phase', () => {
  const logged = new LoggedTable({ timeoutsMs: { udpOneWay: 1000 } })
  logged.track({ from: CLIENT, to: SERVER, protocol: udp })
  logged.track({ from: CLIENT, to: SERVER, flags: SYN })
  logged.flows.expire(START_US + 1e6)
  assert.equal(logged.flows.size, 1)
})

test('a flow in use is not idle, however few of its packets move it in its list', () => {
  const logged = new LoggedTable()
  for (let second = 0; second < 300; second++) {
    logged.track({ from: CLIENT, to: SERVER, protocol: udp, seconds: second })
    logged.track({ from: '10.0.0.9:1', to: SERVER, protocol: udp, seconds: second / 10 })
    logged.flows.expire(START_US + second * 1e6)
  }
  assert.equal(logged.ended.filter((line) => line.startsWith(ends)).length, 0)
  assert.equal(logged.flows.packets(0, 0), 300)
})

test('a single packet from the future ends nothing', () => {
  const logged = new LoggedTable()
  for (let i = 0; i < 500; i++) {
    logged.track({ from: CLIENT, to: SERVER, protocol: udp, seconds: i / 1000 })
    if (i % 100 === 50) logged.track({ from: '10.0.0.9:1', to: SERVER, protocol: udp, seconds: 1e8 })
  }
  assert.deepEqual(logged.ended, [])
})

test('flows outlive a clock that is set back, and end by the new one', () => {
  const logged = new LoggedTable()
  const packet = { from: CLIENT, to: SERVER, protocol: udp }
  logged.track({ ...packet, seconds: 10_000 })
  logged.track({ from: '10.0.0.9:1', to: SERVER, protocol: udp, seconds: 10_000 })
  logged.track(packet)
  assert.equal(logged.flows.packets(0, 0), 2)
  assert.equal(logged.flows.last(0), START_US)
  logged.flows.expire(START_US + 1e6)
  assert.equal(logged.flows.size, 2)
  // The other flow, of which nothing was seen since, waits for its own time; it hides nobody.
  logged.flows.expire(START_US + 32e6)
  assert.equal(logged.flows.size, 1)
  logged.flows.expire(START_US + 10_032e6)
  assert.equal(logged.flows.size, 0)
})

test("captures with clocks hours apart, merged, do not end each other's flows", () => {
  const logged = new LoggedTable()
  for (let i = 0; i < 5000; i++) {
    logged.track({ from: `10.0.0.1:${(i % 9) + 1}`, to: SERVER, protocol: udp, seconds: i / 100 })
    logged.track({ from: `10.0.0.9:${(i % 9) + 1}`, to: SERVER, protocol: udp, seconds: 7200 + i / 100 })
  }
  assert.deepEqual(logged.ended, [])
})

test('packets out of order do not set the clock back', () => {
  const logged = new LoggedTable()
  logged.track({ from: CLIENT, to: SERVER, protocol: udp, seconds: 9 })
  logged.track({ from: CLIENT, to: SERVER, protocol: udp, seconds: 8 })
  assert.equal(logged.flows.last(0), START_US + 9e6)
})

test('a full table makes room, the least useful and then least recent flow first', () => {
  const server = '10.0.0.2:80'
  const logged = new LoggedTable({ maxFlows: 6 })
  const establish = (client: string): void => {
    logged.track({ from: client, to: server, flags: SYN })
    logged.track({ from: client, to: server, flags: ACK })
  }
  establish('10.0.0.1:1')
  logged.track({ from: '10.0.0.1:2', to: server, protocol: udp })
  logged.track({ from: '10.0.0.1:3', to: server, flags: SYN })
  logged.track({ from: '10.0.0.1:4', to: server, flags: SYN })
  logged.track({ from: '10.0.0.1:5', to: server, flags: RST })
  establish('10.0.0.1:6')
  for (let i = 0; i < 6; i++) logged.track({ from: `10.0.0.9:${i + 1}`, to: server, flags: ACK, seconds: i })
  const order = logged.ended.map((line) => line.replace(/>.*? /, ' '))
  assert.deepEqual(order, [
    '10.0.0.1:5 evicted reset 1+0',
    '10.0.0.1:3 evicted attempted 1+0',
    '10.0.0.1:4 evicted attempted 1+0',
    '10.0.0.1:2 evicted one-way 1+0',
    '10.0.0.9:1 evicted midstream 1+0',
    '10.0.0.9:2 evicted midstream 1+0',
  ])
  assert.equal(logged.flows.size, 6)
  const { evicted } = logged.flows.counters
  assert.deepEqual(
    [evicted.tcpReset, evicted.tcpOpening, evicted.udpOneWay, evicted.tcpMidstream],
    [1, 2, 1, 2],
  )
})

test('a full table refuses new flows where that is its policy', () => {
  const logged = new LoggedTable({ maxFlows: 1, whenFull: 'refuse' })
  const known = { from: CLIENT, to: SERVER, flags: SYN }
  assert.equal(logged.track(known), 0)
  assert.equal(logged.track({ ...known, from: '10.0.0.7:7' }), -1)
  assert.equal(logged.flows.created, false)
  assert.equal(logged.track(known), 0)
  assert.equal(logged.flows.counters.refused.full, 1)
})

test('a packet that was not decoded has no flow', () => {
  const logged = new LoggedTable()
  const packet = packetOf({ from: CLIENT, to: SERVER })
  packet.status = DecodeStatus.fragment
  assert.equal(logged.flows.track(packet), -1)
  assert.equal(logged.flows.counters.refused.undecoded, 1)
})

test('ending all tells each flow once, and leaves an empty table', () => {
  const logged = new LoggedTable()
  for (let i = 1; i <= 3000; i++) logged.track({ from: `10.0.0.1:${i}`, to: SERVER, flags: SYN })
  assert.equal(logged.flows.capacity, 4096)
  logged.flows.end(1, FlowEnd.idle)
  logged.flows.endAll()
  assert.equal(new Set(logged.ended).size, 3000)
  assert.equal(logged.flows.size, 0)
  const { ended, created } = logged.flows.counters
  assert.deepEqual([created, ended.finished, ended.idle], [3000, 2999, 1])
  logged.track({ from: CLIENT, to: SERVER, flags: SYN })
  assert.equal(logged.flows.size, 1)
})
