import { fuzzRuns } from '../../test/support/fuzz-runs.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { EtherType } from './decode/ethernet.ts'
import { checkPacket, isShown } from './decode/fixtures.ts'
import { decode } from './decode.ts'
import { concatenate, ethernet, extension, ipv4, ipv6, longs, tcp, udp, vlan, words } from './frames.ts'
import { LinkType, Packet } from './packet.ts'

function decoded(bytes: Uint8Array, start: number, end: number, linkType: number): Packet {
  const packet = new Packet()
  packet.bytes = bytes
  packet.start = start
  packet.end = end
  packet.originalLength = end - start
  packet.linkType = linkType
  decode(packet)
  return packet
}

/** What can be told of a packet, wherever it lies in its bytes. */
function told(packet: Packet): number[] {
  const { start } = packet
  if (!isShown(packet)) return [packet.status]
  const places = [packet.sourceAt, packet.transportAt, packet.payloadStart, packet.payloadEnd].map(
    (at) => at - start,
  )
  return [
    packet.status,
    packet.protocol,
    packet.sourcePort,
    packet.destinationPort,
    packet.networkId,
    ...places,
  ]
}

const ADDRESSES = { source: '10.0.0.1', destination: '10.0.0.2' }
const ADDRESSES6 = { source: '2001:db8::1', destination: '2001:db8::2' }
const segment = tcp({ sourcePort: 1, destinationPort: 2, options: new Uint8Array(12) }, new Uint8Array(20))
const inner = ethernet(EtherType.ipv4, ipv4({ ...ADDRESSES, protocol: 6 }, segment))

function inUdp(destinationPort: number, ...parts: Uint8Array[]): Uint8Array {
  const datagram = udp({ sourcePort: 9, destinationPort }, concatenate(...parts))
  return ethernet(EtherType.ipv4, ipv4({ ...ADDRESSES, protocol: 17 }, datagram))
}

/** One of each kind of header, to be damaged. */
const SEEDS = [
  inner,
  ethernet(
    EtherType.vlan,
    vlan(5, EtherType.ipv6, ipv6({ ...ADDRESSES6, protocol: 0 }, extension(43, 1, extension(6, 2, segment)))),
  ),
  inUdp(4789, longs(0x0800_0000, 0x100), inner),
  inUdp(6081, words(0x0200, 0x6558), longs(0x100, 1, 2), inner),
  inUdp(2152, words(0x34ff, 200), longs(1, 0x85, 0x0100_0900), inner.subarray(14)),
  inUdp(3544, ipv6({ ...ADDRESSES6, protocol: 6 }, segment)),
  ethernet(
    EtherType.ipv4,
    ipv4({ ...ADDRESSES, protocol: 47 }, concatenate(words(0xb000, 0x6558), longs(0, 7, 1), inner)),
  ),
  ethernet(EtherType.mpls, concatenate(longs(0x1040, 0x2140), inner.subarray(14))),
  ethernet(
    EtherType.pppoeSession,
    concatenate(words(0x1100, 1, inner.length - 12, 0x21), inner.subarray(14)),
  ),
]
const LINK_TYPES = Object.values(LinkType)

test('random bytes of any link type are decoded to something consistent', () => {
  const property = fc.property(
    fc.uint8Array({ maxLength: 200, size: 'max' }),
    fc.constantFrom(...LINK_TYPES),
    (bytes, linkType) => {
      checkPacket(decoded(bytes, 0, bytes.length, linkType))
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})

test('damaged packets are decoded to something consistent, and by their own bytes only', () => {
  const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 })
  const surroundings = fc.tuple(fc.nat({ max: 40 }), fc.integer({ min: 0, max: 255 }))
  const property = fc.property(
    fc.constantFrom(...SEEDS),
    damage,
    fc.nat(),
    surroundings,
    (seed, changes, cut, [shift, filler]) => {
      const damaged = Uint8Array.from(seed.subarray(0, seed.length - (cut % 4 === 0 ? cut % seed.length : 0)))
      for (const [at, value] of changes) damaged[at % damaged.length] = value
      const alone = decoded(damaged, 0, damaged.length, LinkType.ethernet)
      checkPacket(alone)
      const around = concatenate(new Uint8Array(shift).fill(filler), damaged, new Uint8Array(64).fill(filler))
      const between = decoded(around, shift, shift + damaged.length, LinkType.ethernet)
      assert.deepEqual(told(between), told(alone))
    },
  )
  fc.assert(property, { numRuns: fuzzRuns })
})
