import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAddress } from '../../lib/ip.ts'
import { decode } from '../../packet/decode.ts'
import { icmp, ipv4, ipv6, tcp, udp } from '../../packet/frames.ts'
import { IpProtocol, LinkType, Packet, TcpFlag } from '../../packet/packet.ts'
import { ResetPackets } from './reset-packets.ts'

const { syn: S, ack: A, rst: R, fin: F } = TcpFlag
const ends = {
  4: { source: '10.0.0.1', destination: '198.51.100.7' },
  6: { source: 'fd00::1', destination: '2001:db8::7' },
} as const

function decoded(bytes: Uint8Array): Packet {
  const packet = new Packet()
  packet.bytes = bytes
  packet.end = packet.originalLength = bytes.length
  packet.linkType = LinkType.raw
  assert.equal(decode(packet), 0)
  return packet
}

function around(version: 4 | 6, protocol: number, payload: Uint8Array): Packet {
  const fields = { ...ends[version], protocol }
  return decoded(version === 4 ? ipv4(fields, payload) : ipv6(fields, payload))
}

/** One part of what was made, as a packet of its own. */
function part(resets: ResetPackets, { start, end }: { start: number; end: number }): Packet {
  return decoded(resets.bytes.slice(start, end))
}

/** RFC 1071: over everything that a right checksum covers, itself included, the sum is all ones. */
function sumOf(...parts: Uint8Array[]): number {
  const bytes = Buffer.concat(parts)
  let sum = 0
  for (let i = 0; i < bytes.length; i += 2) sum += (bytes[i] << 8) + (bytes[i + 1] ?? 0)
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x1_0000)
  return sum
}

function assertChecksums(packet: Packet): void {
  const { bytes, transportAt, sourceAt, ipVersion, protocol } = packet
  if (ipVersion === 4) assert.equal(sumOf(bytes.subarray(0, 20)), 0xffff)
  const transport = bytes.subarray(transportAt)
  const addresses = bytes.subarray(sourceAt, sourceAt + (ipVersion === 4 ? 8 : 32))
  const pseudo = Buffer.from([0, 0, transport.length >> 8, transport.length & 0xff, 0, 0, 0, protocol])
  assert.equal(protocol === IpProtocol.icmp ? sumOf(transport) : sumOf(addresses, pseudo, transport), 0xffff)
}

interface Told {
  sequence: number
  acknowledgment: number
  flags: number
}
const expected = 0xffff_ff00
const segments: [
  what: string,
  fields: Told & { data?: string },
  toSender: Told,
  toReceiver: Told | undefined,
][] = [
  [
    'a SYN is refused to its sender alone',
    { sequence: 0xffff_ffff, acknowledgment: 0, flags: S },
    { sequence: 0, acknowledgment: 0, flags: R | A },
    undefined,
  ],
  [
    'data is answered where its sender expects it, and its receiver told where it stands',
    { sequence: expected, acknowledgment: 7000, flags: A, data: 'x'.repeat(20) },
    { sequence: 7000, acknowledgment: 0, flags: R },
    { sequence: expected, acknowledgment: 7000, flags: R | A },
  ],
  [
    'the client of a SYN+ACK takes a RST that acknowledges its SYN',
    { sequence: 500, acknowledgment: 7000, flags: S | A },
    { sequence: 7000, acknowledgment: 0, flags: R },
    { sequence: expected, acknowledgment: 7000, flags: R | A },
  ],
  [
    'data without ACK acknowledges what it is',
    { sequence: 100, acknowledgment: 0, flags: F, data: 'xy' },
    { sequence: 0, acknowledgment: 103, flags: R | A },
    undefined,
  ],
]
for (const version of [4, 6] as const) {
  for (const [what, { data, ...fields }, toSender, toReceiver] of segments) {
    test(`IPv${version}: ${what}`, () => {
      const resets = new ResetPackets()
      const segment = tcp({ sourcePort: 40_000, destinationPort: 443, ...fields }, Buffer.from(data ?? ''))
      resets.make(around(version, IpProtocol.tcp, segment), expected | 0)
      const back = part(resets, resets.toSender)
      assert.deepEqual(toldBy(back), {
        ...toSender,
        from: [ends[version].destination, 443],
        to: [ends[version].source, 40_000],
      })
      if (toReceiver === undefined) {
        assert.equal(resets.toReceiver.end, resets.toReceiver.start)
        return
      }
      const on = part(resets, resets.toReceiver)
      assert.deepEqual(toldBy(on), {
        ...toReceiver,
        from: [ends[version].source, 40_000],
        to: [ends[version].destination, 443],
      })
    })
  }

  test(`IPv${version}: a datagram is answered by the port that cannot be reached, with the datagram's headers`, () => {
    const resets = new ResetPackets()
    const datagram = around(
      version,
      IpProtocol.udp,
      udp({ sourcePort: 40_000, destinationPort: 5000 }, Buffer.alloc(3000, 120)),
    )
    resets.make(datagram, 0)
    const error = part(resets, resets.toSender)
    assertChecksums(error)
    assert.deepEqual([error.icmpType, error.icmpCode], version === 4 ? [3, 3] : [1, 4])
    assert.equal(error.end, version === 4 ? 576 : 1280)
    assert.equal(
      formatAddress(error.bytes, error.destinationAt, version === 4 ? 4 : 16),
      ends[version].source,
    )
    const quoted = error.bytes.subarray(error.payloadStart, error.payloadStart + 48)
    assert.deepEqual(Buffer.from(quoted), Buffer.from(datagram.bytes.subarray(0, 48)))
    assert.equal(resets.toReceiver.end, resets.toReceiver.start)
  })
}

test('a RST is never answered, nor is what has no answer', () => {
  const resets = new ResetPackets()
  for (const packet of [
    around(4, IpProtocol.tcp, tcp({ sourcePort: 1, destinationPort: 2, flags: R | A })),
    around(4, IpProtocol.icmp, icmp(8, 7)),
  ]) {
    resets.make(packet, 0)
    assert.equal(resets.toSender.end, 0)
    assert.equal(resets.toReceiver.end, 0)
  }
})

function toldBy(packet: Packet): object {
  assertChecksums(packet)
  const { bytes, sequence, acknowledgment, tcpFlags: flags, sourceAt, destinationAt, ipVersion } = packet
  const length = ipVersion === 4 ? 4 : 16
  return {
    ...{ sequence, acknowledgment, flags },
    from: [formatAddress(bytes, sourceAt, length), packet.sourcePort],
    to: [formatAddress(bytes, destinationAt, length), packet.destinationPort],
  }
}
