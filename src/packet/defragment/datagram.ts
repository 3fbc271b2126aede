import type { Microseconds } from '../../lib/time.ts'
import type { Packet } from '../packet.ts'
import { mapAt, payloadAt } from './buffer-pool.ts'

/** What `Datagram.put` found; bits, because a fragment may be new in one place and known in another. */
export const Found = { new: 1, same: 2, different: 4 } as const

/** Fragments are cut at multiples of 8 bytes (RFC 791 section 3.2, RFC 8200 section 4.5). */
const UNIT = 8
const END_UNKNOWN = -1

const Ipv4At = { totalLength: 22, timeToLive: 28, protocol: 29, source: 32 } as const
const Ipv6At = { payloadLength: 4, protocol: 6, hopLimit: 7, source: 8 } as const

/**
 * A datagram under way. Its buffer holds an IP header without options, which is also the key that fragments are told
 * by, then the payload as far as it came, then a bit for each 8 bytes of it that did: whatever fragments come, in
 * whatever order, cost no memory beyond the buffer and no time beyond their own length.
 */
export class Datagram {
  buffer: Uint8Array = new Uint8Array(0)
  ipVersion = 4
  id = 0
  networkId = 0
  tunnelDepth = 0
  hash = 0
  began: Microseconds = 0
  fragments = 0
  differed = false
  // Neighbours in the bucket, and in the order of arrival.
  nextInBucket: Datagram | undefined
  older: Datagram | undefined
  newer: Datagram | undefined
  /** Length of the payload, once the last fragment has come. */
  #end = END_UNKNOWN
  /** Where the furthest fragment so far ends. */
  #furthest = 0
  #units = 0

  begin(fragment: Packet, hash: number, buffer: Uint8Array): void {
    this.buffer = buffer
    this.ipVersion = fragment.ipVersion
    this.id = fragment.fragmentId
    this.networkId = fragment.networkId
    this.tunnelDepth = fragment.tunnelDepth
    this.hash = hash
    this.began = fragment.time
    this.fragments = 0
    this.differed = false
    this.#end = END_UNKNOWN
    this.#furthest = 0
    this.#units = 0
    this.#writeHeader(fragment)
  }

  #writeHeader(fragment: Packet): void {
    const { buffer } = this
    const isIpv4 = fragment.ipVersion === 4
    buffer.fill(0, 0, payloadAt)
    buffer[0] = 0x60
    buffer[payloadAt - 20] = 0x45
    buffer[isIpv4 ? Ipv4At.protocol : Ipv6At.protocol] = fragment.protocol
    buffer[isIpv4 ? Ipv4At.timeToLive : Ipv6At.hopLimit] =
      fragment.bytes[fragment.networkAt + (isIpv4 ? 8 : 7)]
    const addresses = isIpv4 ? Ipv4At.source : Ipv6At.source
    for (let i = 0; i < payloadAt - addresses; i++)
      buffer[addresses + i] = fragment.bytes[fragment.sourceAt + i]
  }

  /** RFC 791 section 3.2 tells datagrams by addresses, protocol and identification; RFC 8200 leaves the protocol out. */
  isOf(fragment: Packet): boolean {
    if (fragment.fragmentId !== this.id || fragment.ipVersion !== this.ipVersion) return false
    if (fragment.networkId !== this.networkId) return false
    if (this.ipVersion === 4 && fragment.protocol !== this.buffer[Ipv4At.protocol]) return false
    const addresses = this.ipVersion === 4 ? Ipv4At.source : Ipv6At.source
    for (let i = 0; i < payloadAt - addresses; i++) {
      if (fragment.bytes[fragment.sourceAt + i] !== this.buffer[addresses + i]) return false
    }
    return true
  }

  /** False when a fragment that ends at `end` contradicts where the datagram ends by what came before. */
  acceptsEnd(end: number, isLast: boolean): boolean {
    if (isLast) {
      if (this.#end === END_UNKNOWN ? end < this.#furthest : end !== this.#end) return false
      this.#end = end
    } else if (this.#end !== END_UNKNOWN && end > this.#end) return false
    if (end > this.#furthest) this.#furthest = end
    return true
  }

  /** Moves to a larger buffer; returns the one it had. */
  moveTo(larger: Uint8Array): Uint8Array {
    const { buffer } = this
    const from = mapAt(buffer)
    const to = mapAt(larger)
    larger.set(buffer.subarray(0, from))
    larger.set(buffer.subarray(from), to)
    this.buffer = larger
    return buffer
  }

  holds(payloadBytes: number): boolean {
    return payloadAt + payloadBytes <= mapAt(this.buffer)
  }

  /** Puts `length` bytes of a fragment's data in their place. Where there are some already, `isLastWins` says which stay. */
  put(fragment: Packet, length: number, isLastWins: boolean): number {
    const map = mapAt(this.buffer)
    let found = 0
    for (let done = 0; done < length; done += UNIT) {
      const unit = (fragment.fragmentOffset + done) / UNIT
      const bit = 1 << (unit & 7)
      const size = Math.min(UNIT, length - done)
      const from = fragment.payloadStart + done
      const to = payloadAt + fragment.fragmentOffset + done
      if ((this.buffer[map + (unit >> 3)] & bit) === 0) {
        this.buffer[map + (unit >> 3)] |= bit
        this.#units++
        found |= Found.new
        this.#copy(fragment.bytes, from, to, size)
      } else if (this.#equals(fragment.bytes, from, to, size)) found |= Found.same
      else {
        found |= Found.different
        if (isLastWins) this.#copy(fragment.bytes, from, to, size)
      }
    }
    return found
  }

  #copy(bytes: Uint8Array, from: number, to: number, size: number): void {
    for (let i = 0; i < size; i++) this.buffer[to + i] = bytes[from + i]
  }

  #equals(bytes: Uint8Array, from: number, to: number, size: number): boolean {
    for (let i = 0; i < size; i++) if (this.buffer[to + i] !== bytes[from + i]) return false
    return true
  }

  get isWhole(): boolean {
    return this.#end !== END_UNKNOWN && this.#units === Math.ceil(this.#end / UNIT)
  }

  /** Completes the header and makes `packet` the whole datagram, to be decoded. */
  give(packet: Packet): void {
    const { buffer } = this
    const isIpv4 = this.ipVersion === 4
    packet.bytes = buffer
    packet.start = isIpv4 ? payloadAt - 20 : 0
    packet.end = payloadAt + this.#end
    packet.originalLength = packet.end - packet.start
    const length = isIpv4 ? packet.originalLength : this.#end
    const lengthAt = isIpv4 ? Ipv4At.totalLength : Ipv6At.payloadLength
    buffer[lengthAt] = length >> 8
    buffer[lengthAt + 1] = length & 0xff
  }
}
