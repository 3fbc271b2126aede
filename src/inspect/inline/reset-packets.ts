import { IpProtocol, type Packet, TcpFlag } from '../../packet/packet.ts'
import { checksumOf, setChecksum } from './checksum.ts'
import { limits } from './limits.ts'

const IPV4_BYTES = 20
const IPV6_BYTES = 40
const TCP_BYTES = 20
const ICMP_BYTES = 8
const HOP_LIMIT = 64
/** Whoever gets an answer may go on to send, which nobody takes. */
const WINDOW = 0xffff

/** Longest error: 576 bytes over IPv4 (RFC 1812 section 4.3.2.3), the least MTU over IPv6 (RFC 4443 section 2.4). */
const ICMP4_BYTES = 576
const ICMP6_BYTES = 1280

/** RFC 792 and RFC 4443 section 3.1: port unreachable. */
const Icmp4 = { type: 3, code: 3 } as const
const Icmp6 = { type: 1, code: 4 } as const

/** A packet in `ResetPackets.bytes`; nothing where start and end are the same. */
interface Part {
  start: number
  end: number
}

/**
 * The packets that tell the ends of a connection that it is over, in one buffer that is used again. They have whole headers from IP
 * on, with right checksums, so that a raw socket sends them as they are.
 */
export class ResetPackets {
  readonly bytes = new Uint8Array(ICMP6_BYTES + IPV6_BYTES + TCP_BYTES + limits.pageBytes)
  /** To whoever sent the packet at hand, as if from its receiver. */
  readonly toSender: Part = { start: 0, end: 0 }
  /** To whom it was sent, as if from its sender; nothing where nobody there knows of the connection. */
  readonly toReceiver: Part = { start: 0, end: 0 }

  /** Of the segment that is made. */
  #payloadBytes = 0

  clear(): void {
    this.toSender.start = this.toSender.end = 0
    this.toReceiver.start = this.toReceiver.end = 0
  }

  /** Both RSTs for a TCP packet that is dropped, an ICMP error for a UDP datagram, nothing for others. */
  // `expected` is a signed word, as sequence numbers are where they are arguments.
  make(packet: Packet, expected: number): void {
    this.clear()
    if (packet.protocol === IpProtocol.tcp) this.#makeResets(packet, expected)
    else if (packet.protocol === IpProtocol.udp) this.#makeUnreachable(packet)
  }

  /**
   * An answer to whoever sent the TCP packet at hand, as if from its receiver, which ends the connection with it and acknowledges the
   * packet; and a RST to its receiver.
   *
   * @param page at most `limits.pageBytes`
   * @param expected as of `make`; undefined where the receiver knows already
   */
  makeAnswer(packet: Packet, page: Uint8Array, expected: number | undefined): void {
    this.clear()
    const { ack, fin, psh, rst } = TcpFlag
    const { sequence, acknowledgment, payloadLength } = packet
    const { toSender } = this
    this.#payloadBytes = page.length
    this.#begin(toSender, 0, packet, true)
    this.bytes.set(page, toSender.end - page.length)
    this.#segment(toSender, packet, acknowledgment | 0, ack | psh | fin, (sequence + payloadLength) | 0)
    this.#payloadBytes = 0
    if (expected === undefined) return
    this.#begin(this.toReceiver, toSender.end, packet, false)
    this.#segment(this.toReceiver, packet, expected, rst | ack, acknowledgment | 0)
  }

  /** @param expected - sequence number that the receiver takes next: with another it answers and goes on (RFC 5961 section 3.2) */
  #makeResets(packet: Packet, expected: number): void {
    const { tcpFlags, sequence, acknowledgment, payloadLength } = packet
    const { ack, rst, syn, fin } = TcpFlag
    // Never an answer to a RST (RFC 9293 section 3.10.7.1).
    if ((tcpFlags & rst) !== 0) return
    const hasAck = (tcpFlags & ack) !== 0
    const occupied = payloadLength + ((tcpFlags & syn) === 0 ? 0 : 1) + ((tcpFlags & fin) === 0 ? 0 : 1)
    this.#begin(this.toSender, 0, packet, true)
    if (hasAck) this.#segment(this.toSender, packet, acknowledgment | 0, rst, 0)
    else this.#segment(this.toSender, packet, 0, rst | ack, (sequence + occupied) | 0)
    if (!hasAck) return
    this.#begin(this.toReceiver, this.toSender.end, packet, false)
    this.#segment(this.toReceiver, packet, expected, rst | ack, acknowledgment | 0)
  }

  /** Writes the IP header, and the ports behind it. */
  #begin(part: Part, start: number, packet: Packet, isBack: boolean): void {
    part.start = start
    const transportAt = start + (packet.ipVersion === 4 ? IPV4_BYTES : IPV6_BYTES)
    part.end = transportAt + TCP_BYTES + this.#payloadBytes
    this.#network(part, packet, IpProtocol.tcp, isBack)
    this.#word16(transportAt, isBack ? packet.destinationPort : packet.sourcePort)
    this.#word16(transportAt + 2, isBack ? packet.sourcePort : packet.destinationPort)
  }

  #segment(part: Part, packet: Packet, sequence: number, flags: number, acknowledgment: number): void {
    const at = part.end - this.#payloadBytes - TCP_BYTES
    this.#word32(at + 4, sequence)
    this.#word32(at + 8, acknowledgment)
    this.#word16(at + 12, ((TCP_BYTES >> 2) << 12) | flags)
    this.#word16(at + 14, (flags & TcpFlag.rst) === 0 ? WINDOW : 0)
    this.bytes.fill(0, at + 16, at + TCP_BYTES)
    this.#checksum(part, packet, at, at + 16, IpProtocol.tcp)
  }

  /** Quotes the datagram's headers and as much of it as there is room for. */
  #makeUnreachable(packet: Packet): void {
    const isIpv4 = packet.ipVersion === 4
    const headerBytes = isIpv4 ? IPV4_BYTES : IPV6_BYTES
    const room = (isIpv4 ? ICMP4_BYTES : ICMP6_BYTES) - headerBytes - ICMP_BYTES
    const quoted = Math.min(packet.payloadEnd - packet.networkAt, room)
    const at = headerBytes
    this.toSender.start = 0
    this.toSender.end = at + ICMP_BYTES + quoted
    this.#network(this.toSender, packet, isIpv4 ? IpProtocol.icmp : IpProtocol.icmp6, true)
    const { type, code } = isIpv4 ? Icmp4 : Icmp6
    this.bytes[at] = type
    this.bytes[at + 1] = code
    this.bytes.fill(0, at + 2, at + ICMP_BYTES)
    const from = packet.networkAt
    for (let i = 0; i < quoted; i++) this.bytes[at + ICMP_BYTES + i] = packet.bytes[from + i]
    if (isIpv4) setChecksum(this.bytes, at + 2, checksumOf(this.bytes, at, this.toSender.end, 0))
    else this.#checksum(this.toSender, packet, at, at + 2, IpProtocol.icmp6)
  }

  #network(part: Part, packet: Packet, protocol: number, isBack: boolean): void {
    if (packet.ipVersion === 4) this.#ipv4(part, packet, protocol, isBack)
    else this.#ipv6(part, packet, protocol, isBack)
  }

  #ipv4({ start, end }: Part, packet: Packet, protocol: number, isBack: boolean): void {
    const { bytes } = this
    bytes.fill(0, start, start + IPV4_BYTES)
    bytes[start] = 0x45
    this.#word16(start + 2, end - start)
    // May not be fragmented.
    bytes[start + 6] = 0x40
    bytes[start + 8] = HOP_LIMIT
    bytes[start + 9] = protocol
    this.#addresses(start + 12, 4, packet, isBack)
    setChecksum(bytes, start + 10, checksumOf(bytes, start, start + IPV4_BYTES, 0))
  }

  #ipv6({ start, end }: Part, packet: Packet, protocol: number, isBack: boolean): void {
    const { bytes } = this
    bytes.fill(0, start, start + 8)
    bytes[start] = 0x60
    this.#word16(start + 4, end - start - IPV6_BYTES)
    bytes[start + 6] = protocol
    bytes[start + 7] = HOP_LIMIT
    this.#addresses(start + 8, 16, packet, isBack)
  }

  #addresses(at: number, length: number, packet: Packet, isBack: boolean): void {
    const from = isBack ? packet.destinationAt : packet.sourceAt
    const to = isBack ? packet.sourceAt : packet.destinationAt
    for (let i = 0; i < length; i++) {
      this.bytes[at + i] = packet.bytes[from + i]
      this.bytes[at + length + i] = packet.bytes[to + i]
    }
  }

  /** Over the pseudo header (RFC 9293 section 3.1, RFC 8200 section 8.1) and what lies from `at` on. */
  #checksum(part: Part, packet: Packet, at: number, checksumAt: number, protocol: number): void {
    const addressBytes = packet.ipVersion === 4 ? 8 : 32
    const pseudo = part.end - at + protocol
    // Both versions have the addresses right before the transport's header.
    setChecksum(this.bytes, checksumAt, checksumOf(this.bytes, at - addressBytes, part.end, pseudo))
  }

  #word16(at: number, value: number): void {
    this.bytes[at] = value >>> 8
    this.bytes[at + 1] = value
  }

  #word32(at: number, value: number): void {
    this.#word16(at, value >>> 16)
    this.#word16(at + 2, value)
  }
}
