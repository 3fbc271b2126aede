import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode } from './decode.ts'
import { type DefragmentCounters, Defragmenter, type DefragmentOptions } from './defragment.ts'
import { fragmentHash } from './defragment/datagram-table.ts'
import {
  ADDRESSES6,
  assemble,
  counted,
  datagram,
  decoded,
  fragment4,
  fragment6,
  payloadText,
  type Piece,
  START,
} from './defragment/fixtures.ts'
import { concatenate, extension, fragmentHeader, icmp, ipv6, tcp, words } from './frames.ts'
import { defragmentLimits } from './limits.ts'
import { IpProtocol, type Packet, TcpFlag } from './packet.ts'

const WHOLE = datagram('abcdefghijklmnopqrstuvwxyz')
const PARTS: Piece[] = [
  { offset: 0, data: WHOLE.slice(0, 16), more: true },
  { offset: 16, data: WHOLE.slice(16, 24), more: true },
  { offset: 24, data: WHOLE.slice(24), more: false },
]
const TEXT = 'abcdefghijklmnopqrstuvwxyz'

test('fragments are put together in whatever order they come', () => {
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]
  for (const order of orders) {
    for (const fragment of [fragment4, fragment6]) {
      const defragmenter = new Defragmenter()
      const packets = order.map((i) => fragment(PARTS[i]))
      assert.deepEqual(assemble(defragmenter, packets), [undefined, undefined, TEXT], order.join())
      assert.deepEqual(counted(defragmenter), { fragments: 3, reassembled: 1 })
      assert.equal(defragmenter.datagrams, 0)
    }
  }
})

test('a whole datagram is decoded as if it had come in one piece', () => {
  const segment = tcp(
    { sourcePort: 1, destinationPort: 2, flags: TcpFlag.ack, sequence: 7 },
    Buffer.alloc(5000, 'x'),
  )
  const cut = (at: number): Piece[] => [
    { offset: 0, data: segment.subarray(0, at), more: true, protocol: 6 },
    { offset: at, data: segment.subarray(at), more: false, protocol: 6 },
  ]
  for (const [fragment, version] of [
    [fragment4, 4],
    [fragment6, 6],
  ] as const) {
    const defragmenter = new Defragmenter()
    const [first, second] = cut(1480).map((piece) => decoded(fragment(piece), 3))
    first.networkId = second.networkId = 42
    first.tunnelDepth = second.tunnelDepth = 2
    second.nanoseconds = 5
    assert.equal(defragmenter.add(first), undefined)
    const whole = defragmenter.add(second)
    assert.ok(whole)
    assert.deepEqual(
      [
        whole.ipVersion,
        whole.protocol,
        whole.sequence,
        whole.sourcePort,
        whole.payloadLength,
        whole.networkLength,
      ],
      [version, 6, 7, 1, 5000, segment.length + (version === 4 ? 20 : 40)],
    )
    assert.deepEqual(
      [whole.networkId, whole.tunnelDepth, whole.fragments, whole.fragmentsDiffered],
      [42, 2, 2, false],
    )
    assert.deepEqual([whole.time, whole.nanoseconds], [START + 3e6, 5])
    const address = version === 4 ? 8 : 32
    assert.deepEqual(
      Buffer.from(whole.bytes.subarray(whole.sourceAt, whole.sourceAt + address)),
      Buffer.from(first.bytes.subarray(first.sourceAt, first.sourceAt + address)),
    )
  }
})

test('overlapping fragments are read as the policy says, and told', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(8))
  const head = datagram(a + b + c).slice(0, 8)
  // Header and three units; what comes second, third and last overlaps with what is there.
  const partial: Piece[] = [
    { offset: 0, data: head + a, more: true },
    { offset: 8, data: b + b, more: true },
    { offset: 24, data: c, more: false },
  ]
  const contained: Piece[] = [
    { offset: 0, data: head + a + a, more: true },
    { offset: 16, data: b, more: true },
    { offset: 24, data: c, more: false },
  ]
  const repeated: Piece[] = [
    { offset: 0, data: head + a, more: true },
    { offset: 0, data: head + a, more: true },
    { offset: 16, data: b + c, more: false },
  ]
  const table: [
    what: string,
    policy: DefragmentOptions['overlapPolicy'],
    Piece[],
    string | undefined,
    Partial<DefragmentCounters>,
  ][] = [
    ['partial', 'first', partial, a + b + c, { reassembled: 1, overlaps: 1 }],
    ['partial', 'last', partial, b + b + c, { reassembled: 1, overlaps: 1 }],
    ['partial', 'drop', partial, undefined, { droppedOverlap: 1, overlaps: 1 }],
    ['contained', 'first', contained, a + a + c, { reassembled: 1, overlaps: 1 }],
    ['contained', 'last', contained, a + b + c, { reassembled: 1, overlaps: 1 }],
    ['contained', 'drop', contained, a + a + c, { reassembled: 1, overlaps: 1 }],
    ['repeated', 'first', repeated, a + b + c, { reassembled: 1, duplicates: 1 }],
    ['repeated', 'drop', repeated, a + b + c, { reassembled: 1, duplicates: 1 }],
  ]
  for (const [what, overlapPolicy, pieces, text, counters] of table) {
    for (const fragment of [fragment4, fragment6]) {
      const told: number[] = []
      const options = { overlapPolicy, overlap: (packet: Packet) => void told.push(packet.fragmentOffset) }
      const defragmenter = new Defragmenter(options as DefragmentOptions)
      let differed: boolean | undefined
      const seen = pieces.map((piece) => {
        const whole = defragmenter.add(decoded(fragment(piece)))
        differed = whole?.fragmentsDiffered
        return whole && payloadText(whole)
      })
      assert.deepEqual(seen, [undefined, undefined, text], `${what} ${overlapPolicy}`)
      assert.deepEqual(counted(defragmenter), { fragments: 3, ...counters }, `${what} ${overlapPolicy}`)
      assert.equal(told.length, counters.overlaps ?? 0)
      assert.equal(differed, text === undefined ? undefined : told.length > 0)
    }
  }
})

test('datagrams are told apart by addresses, protocol, identification and network', () => {
  const defragmenter = new Defragmenter()
  const head = (id: number, text: string, protocol = 17) =>
    fragment4({ offset: 0, data: datagram(text).slice(0, 8), more: true, id, protocol })
  const tail = (id: number, text: string, protocol = 17) =>
    fragment4({ offset: 8, data: text, more: false, id, protocol })
  const source = '10.0.0.3'
  const inVlan = decoded(head(1, 'vlan'))
  inVlan.networkId = 9
  const vlanTail = decoded(tail(1, 'vlan'))
  vlanTail.networkId = 9
  const seen = assemble(defragmenter, [
    head(1, 'one'),
    head(2, 'two'),
    fragment4({ offset: 0, data: datagram('three').slice(0, 8), more: true, source }),
    inVlan,
    fragment4({ offset: 0, data: Buffer.from(icmp(8, 1)), more: true, protocol: 1 }),
    fragment6({ offset: 0, data: datagram('six').slice(0, 8), more: true }),
    vlanTail,
    tail(2, 'two'),
    tail(1, 'one'),
    fragment4({ offset: 8, data: 'three', more: false, source }),
    fragment4({ offset: 8, data: 'ping', more: false, protocol: 1 }),
    // Of another protocol, which IPv6 does not tell datagrams by.
    fragment6({ offset: 8, data: 'six', more: false, protocol: 6 }),
  ])
  assert.deepEqual(seen.slice(6), ['vlan', 'two', 'one', 'three', 'ping', 'six'])
  assert.deepEqual(counted(defragmenter), { fragments: 12, reassembled: 6 })
})

test('an identification may be used again as soon as its datagram is whole', () => {
  const defragmenter = new Defragmenter()
  const pieces = PARTS.map(fragment4)
  const again = [
    fragment4({ offset: 0, data: datagram('xyz').slice(0, 8), more: true }),
    fragment4({ offset: 8, data: 'xyz', more: false }),
  ]
  assert.deepEqual(assemble(defragmenter, [...pieces, ...again, ...pieces]), [
    undefined,
    undefined,
    TEXT,
    undefined,
    'xyz',
    undefined,
    undefined,
    TEXT,
  ])
  assert.deepEqual(counted(defragmenter), { fragments: 8, reassembled: 3 })
})

test('datagrams are given up when their time is over, each family by its own', () => {
  const timeouts = [defragmentLimits.ipv4TimeoutMs / 1000, defragmentLimits.ipv6TimeoutMs / 1000]
  for (const [i, fragment] of [fragment4, fragment6].entries()) {
    for (const [late, counters] of [
      [0, { fragments: 3, reassembled: 1 }],
      [1, { fragments: 3, timedOut: 1 }],
    ] as const) {
      const defragmenter = new Defragmenter()
      const seconds = timeouts[i] + late
      const times = [0, seconds / 2, seconds]
      for (const [n, piece] of PARTS.entries()) defragmenter.add(decoded(fragment(piece), times[n]))
      assert.deepEqual(counted(defragmenter), counters, `IPv${i === 0 ? 4 : 6}, ${late} s late`)
      assert.equal(defragmenter.datagrams, late)
      defragmenter.expire(START + 200e6)
      assert.equal(defragmenter.datagrams, 0)
    }
  }
})

test('time that runs backwards gives nothing up', () => {
  const defragmenter = new Defragmenter()
  const [first, second, third] = PARTS.map(fragment4)
  const seen = assemble(defragmenter, [decoded(first, 1000), decoded(second, 0), decoded(third, -1000)])
  assert.equal(seen[2], TEXT)
})

test('memory is bounded: the oldest datagrams make room, and that is counted', () => {
  const defragmenter = new Defragmenter({ heldBytes: 20_000 })
  const start = (id: number, length: number) =>
    decoded(fragment4({ offset: 0, data: new Uint8Array(length), more: true, id }), id)
  for (let id = 1; id <= 4; id++) assert.equal(defragmenter.add(start(id, 1480)), undefined)
  assert.deepEqual([defragmenter.datagrams, defragmenter.counters.evicted], [4, 0])
  // The fifth does not fit: the first one goes.
  defragmenter.add(start(5, 1480))
  assert.deepEqual([defragmenter.datagrams, defragmenter.counters.evicted], [4, 1])
  // One that needs nearly all of it: the others go.
  defragmenter.add(start(6, 8000))
  assert.deepEqual([defragmenter.datagrams, defragmenter.counters.evicted], [1, 5])
  // One that can never fit.
  defragmenter.add(start(7, 30_000))
  assert.deepEqual([defragmenter.datagrams, defragmenter.counters.evicted], [0, 7])
  assert.equal(defragmenter.heldBytes, 0)
})

test('a datagram that outgrows the memory goes itself when it is the oldest', () => {
  const defragmenter = new Defragmenter({ heldBytes: 20_000 })
  const piece = (id: number, offset: number) =>
    fragment4({ offset, data: new Uint8Array(1480), more: true, id })
  assemble(defragmenter, [piece(1, 0), piece(2, 0), piece(1, 8000)])
  assert.deepEqual(counted(defragmenter), { fragments: 3, evicted: 1 })
  assert.equal(defragmenter.datagrams, 1)
})

test('a datagram that grows keeps what it had', () => {
  const text = Array.from({ length: 6000 }, (_, i) => String(i).padStart(10)).join('')
  const whole = datagram(text)
  const pieces: Piece[] = []
  for (let offset = 0; offset < whole.length; offset += 1480) {
    const more = offset + 1480 < whole.length
    pieces.push({ offset, data: whole.slice(offset, offset + 1480), more })
  }
  const defragmenter = new Defragmenter()
  assert.equal(assemble(defragmenter, pieces.map(fragment4)).at(-1), text)
  assert.equal(assemble(defragmenter, pieces.map(fragment6)).at(-1), text)
})

test('the number of datagrams is bounded', () => {
  const defragmenter = new Defragmenter({ datagrams: 10 })
  for (let id = 0; id < 25; id++) defragmenter.add(decoded(fragment4({ ...PARTS[0], id })))
  assert.deepEqual([defragmenter.datagrams, defragmenter.counters.evicted], [10, 15])
})

test('identifications chosen to fall into one bucket crowd each other out', () => {
  const defragmenter = new Defragmenter()
  const packet = decoded(fragment6(PARTS[0]))
  let chosen = 0
  for (let id = 0; chosen < defragmentLimits.bucketDatagrams + 8; id++) {
    packet.fragmentId = id
    if ((fragmentHash(packet) & 0xffff) !== 0) continue
    chosen++
    defragmenter.add(packet)
  }
  assert.deepEqual(
    [defragmenter.datagrams, defragmenter.counters.evicted],
    [defragmentLimits.bucketDatagrams, 8],
  )
})

test('what no receiver would take is given up and counted', () => {
  const data = 'x'.repeat(16)
  const table: [what: string, pieces: Piece[], counters: Partial<DefragmentCounters>][] = [
    ['ping of death', [{ offset: 65_528, data: 'x'.repeat(1000), more: false }], { oversize: 1 }],
    ['one byte too long', [{ offset: 65_512, data: 'x'.repeat(24), more: false }], { oversize: 1 }],
    [
      'teardrop',
      [
        { offset: 0, data: data + data, more: true },
        { offset: 8, data: 'xxxx', more: false },
      ],
      { conflictingEnd: 1 },
    ],
    [
      'two ends',
      [
        { offset: 16, data, more: false },
        { offset: 16, data: 'x', more: false },
      ],
      { conflictingEnd: 1 },
    ],
    [
      'beyond the end',
      [
        { offset: 16, data, more: false },
        { offset: 32, data, more: true },
      ],
      { conflictingEnd: 1 },
    ],
    ['empty', [{ offset: 8, data: '', more: false }], { malformed: 1 }],
  ]
  for (const [what, pieces, counters] of table) {
    const defragmenter = new Defragmenter()
    const seen = assemble(defragmenter, pieces.map(fragment4))
    assert.deepEqual(new Set(seen), new Set([undefined]), what)
    assert.deepEqual(counted(defragmenter), { fragments: pieces.length, ...counters }, what)
    assert.deepEqual([defragmenter.datagrams, defragmenter.heldBytes], [0, 0], what)
  }
})

test('the longest datagrams are put together', () => {
  const long4 = datagram('x'.repeat(65_535 - 20 - 8))
  const long6 = datagram('x'.repeat(65_535 - 8))
  for (const [fragment, whole] of [
    [fragment4, long4],
    [fragment6, long6],
  ] as const) {
    const defragmenter = new Defragmenter()
    const seen = assemble(defragmenter, [
      fragment({ offset: 0, data: whole.slice(0, 65_000), more: true }),
      fragment({ offset: 65_000, data: whole.slice(65_000), more: false }),
    ])
    assert.equal(seen[1]?.length, whole.length - 8)
  }
})

test('a length that is no multiple of 8 counts as far as Linux takes it', () => {
  const pieces: Piece[] = [
    { offset: 0, data: WHOLE.slice(0, 21), more: true },
    { offset: 16, data: WHOLE.slice(16), more: false },
  ]
  const ipv4Way = new Defragmenter()
  assert.deepEqual(assemble(ipv4Way, pieces.map(fragment4)), [undefined, TEXT])
  assert.deepEqual(counted(ipv4Way), { fragments: 2, reassembled: 1, malformed: 1 })
  const ipv6Way = new Defragmenter()
  assert.deepEqual(assemble(ipv6Way, pieces.map(fragment6)), [undefined, undefined])
  assert.deepEqual(counted(ipv6Way), { fragments: 2, malformed: 1 })
})

test('a fragment cut by the capture is counted and left out', () => {
  const defragmenter = new Defragmenter()
  const packet = decoded(fragment4(PARTS[0]))
  packet.end -= 4
  decode(packet)
  assert.equal(defragmenter.add(packet), undefined)
  assert.deepEqual(counted(defragmenter), { fragments: 1, truncated: 1 })
  assert.equal(defragmenter.datagrams, 0)
})

test('fragments in a fragmented tunnel are put together, to a depth', () => {
  // Cuts a packet in two and each half again, as often as `times`.
  const nest = (inner: Uint8Array, id: number, protocol: number) => {
    const at = (inner.length >> 4) << 3
    return [
      fragment4({ offset: 0, data: inner.subarray(0, at), more: true, id, protocol }),
      fragment4({ offset: at, data: inner.subarray(at), more: false, id, protocol }),
    ]
  }
  let packets = nest(Buffer.from(datagram('inside'), 'latin1'), 1, IpProtocol.udp)
  for (let depth = 2; depth <= defragmentLimits.reassemblyDepth; depth++) {
    packets = packets.flatMap((packet, i) => nest(packet, depth * 100 + i, IpProtocol.ipInIp))
  }
  const defragmenter = new Defragmenter()
  assert.equal(assemble(defragmenter, packets).at(-1), 'inside')
  assert.equal(defragmenter.datagrams, 0)
  const deeper = packets.flatMap((packet, i) => nest(packet, 5000 + i, IpProtocol.ipInIp))
  assemble(defragmenter, deeper)
  assert.ok(defragmenter.counters.nested > 0)
})

test('extension headers before and after the fragment header are walked over', () => {
  const inner = extension(IpProtocol.udp, 1, Buffer.from(WHOLE, 'latin1'))
  const pieces = [
    { offset: 0, data: inner.subarray(0, 16), more: true, id: 1 },
    { offset: 16, data: inner.subarray(16), more: false, id: 1 },
  ]
  const packets = pieces.map((piece) =>
    ipv6({ ...ADDRESSES6, protocol: 0 }, extension(44, 1, fragmentHeader(60, piece, piece.data))),
  )
  assert.deepEqual(assemble(new Defragmenter(), packets), [undefined, TEXT])
})

test('teredo of fragments: a fragment of the outer packet is no business of the inner one', () => {
  const inner = ipv6({ ...ADDRESSES6, protocol: 59 })
  const whole = concatenate(words(50_000, 3544, 8 + inner.length, 0), inner)
  const seen = new Defragmenter()
  const parts = [
    { offset: 0, data: whole.subarray(0, 24), more: true },
    { offset: 24, data: whole.subarray(24), more: false },
  ]
  const packets = parts.map((piece) => seen.add(decoded(fragment4(piece))))
  assert.deepEqual([packets[1]?.ipVersion, packets[1]?.protocol, packets[1]?.tunnelDepth], [6, 59, 1])
})
