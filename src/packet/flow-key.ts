import { i32 } from '../lib/bytes.ts'
import type { Packet } from './packet.ts'

/**
 * Where a key's parts stand among its words. The two ends are in a fixed order, the lower address (then port) first,
 * so that both directions give the same key. An IPv4 address takes one word and IPv6 four; what is left stays 0.
 */
export const KeyWord = {
  /** Lower end's port in the upper half. */
  ports: 0,
  network: 1,
  addresses: 2,
  /** Protocol, and the IP version above it. */
  protocol: 10,
} as const
export const KEY_WORDS = 11

/** Words of one address. */
export function addressWords(ipVersion: number): number {
  return ipVersion === 6 ? 4 : 1
}

/** The key of the packet at hand, its hash, and which end sent it. One object, read anew for each packet. */
export class FlowKey {
  readonly words = new Int32Array(KEY_WORDS)
  /** 0 when the lower end is the packet's source. */
  side: 0 | 1 = 0
  readonly #seed0: number
  readonly #seed1: number

  /** `seed`: 64 random bits as two numbers. */
  constructor(seed: readonly [number, number]) {
    this.#seed0 = seed[0] | 0
    this.#seed1 = seed[1] | 0
  }

  read(packet: Packet): void {
    const { words } = this
    words[KeyWord.network] = packet.networkId
    if (packet.ipVersion === 6) this.#readIpv6(packet)
    else this.#readIpv4(packet)
  }

  /** HalfSipHash-1-3 of the key, signed. The message are its words in use, and the protocol as one byte more. */
  hash(): number {
    const protocol = this.words[KeyWord.protocol]
    const blocks = protocol >> 8 === 6 ? 10 : 4
    const tail = ((4 * blocks + 1) << 24) | (protocol & 0xff)
    return halfSipHash13(this.#seed0, this.#seed1, this.words, blocks, tail)
  }

  #readIpv4(packet: Packet): void {
    const { words } = this
    const source = i32(packet.bytes, packet.sourceAt)
    const destination = i32(packet.bytes, packet.destinationAt)
    // Left over from an IPv6 packet.
    if (words[KeyWord.protocol] >> 8 === 6) words.fill(0, KeyWord.addresses + 2)
    words[KeyWord.protocol] = packet.protocol | (4 << 8)
    this.#setEnds(packet, source === destination ? 0 : source < destination ? -1 : 1)
    words[KeyWord.addresses] = this.side === 0 ? source : destination
    words[KeyWord.addresses + 1] = this.side === 0 ? destination : source
  }

  #readIpv6(packet: Packet): void {
    const { words } = this
    words[KeyWord.protocol] = packet.protocol | (6 << 8)
    this.#setEnds(packet, compareIpv6(packet.bytes, packet.sourceAt, packet.destinationAt))
    const low = this.side === 0 ? packet.sourceAt : packet.destinationAt
    const high = this.side === 0 ? packet.destinationAt : packet.sourceAt
    for (let i = 0; i < 4; i++) {
      words[KeyWord.addresses + i] = i32(packet.bytes, low + 4 * i)
      words[KeyWord.addresses + 4 + i] = i32(packet.bytes, high + 4 * i)
    }
  }

  /** `order` is negative when the source's address is the lower one. */
  #setEnds(packet: Packet, order: number): void {
    const { sourcePort, destinationPort } = packet
    const isLow = order < 0 || (order === 0 && sourcePort <= destinationPort)
    this.side = isLow ? 0 : 1
    this.words[KeyWord.ports] = isLow
      ? (sourcePort << 16) | destinationPort
      : (destinationPort << 16) | sourcePort
  }
}

function compareIpv6(bytes: Uint8Array, left: number, right: number): number {
  for (let i = 0; i < 16; i += 4) {
    const a = i32(bytes, left + i)
    const b = i32(bytes, right + i)
    if (a !== b) return a < b ? -1 : 1
  }
  return 0
}

/**
 * HalfSipHash with 1 compression and 3 finalisation rounds: what Linux keys its hash tables with on 32-bit machines
 * (Documentation/security/siphash.rst). Not for anything but hash tables.
 * @param words the message's first `blocks` words
 * @param tail the last block: length in bytes in the upper 8 bits, up to three bytes of message below
 */
export function halfSipHash13(
  key0: number,
  key1: number,
  words: Int32Array,
  blocks: number,
  tail: number,
): number {
  let v0 = key0
  let v1 = key1
  let v2 = 0x6c796765 ^ key0
  let v3 = 0x74656462 ^ key1
  for (let i = 0; i < blocks + 4; i++) {
    const block = i < blocks ? words[i] : i === blocks ? tail : 0
    if (i === blocks + 1) v2 ^= 0xff
    v3 ^= block
    v0 = (v0 + v1) | 0
    v1 = ((v1 << 5) | (v1 >>> 27)) ^ v0
    v0 = (v0 << 16) | (v0 >>> 16)
    v2 = (v2 + v3) | 0
    v3 = ((v3 << 8) | (v3 >>> 24)) ^ v2
    v0 = (v0 + v3) | 0
    v3 = ((v3 << 7) | (v3 >>> 25)) ^ v0
    v2 = (v2 + v1) | 0
    v1 = ((v1 << 13) | (v1 >>> 19)) ^ v2
    v2 = (v2 << 16) | (v2 >>> 16)
    v0 ^= block
  }
  return v1 ^ v3
}
