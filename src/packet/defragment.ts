import type { Microseconds } from '../lib/time.ts'
import { decodeDatagram } from './decode.ts'
import { BufferPool } from './defragment/buffer-pool.ts'
import { DatagramTable, fragmentHash } from './defragment/datagram-table.ts'
import { Datagram, Found } from './defragment/datagram.ts'
import { defragmentLimits } from './limits.ts'
import { DecodeStatus, LinkType, Packet } from './packet.ts'

/**
 * Which bytes count when fragments overlap with differing content: those that came `first`, those that came `last`, or
 * none: `drop` discards the datagram when a fragment overlaps in part, as Linux does (RFC 5722; IPv4 too since 4.19).
 * Either way it is counted and told. `first` is the default: of a fragment that lies wholly within what is there
 * Linux keeps the first, too, and of the rest, which no Linux receiver ever sees, something is better than nothing.
 */
export type OverlapPolicy = 'first' | 'last' | 'drop'

export interface DefragmentOptions {
  overlapPolicy?: OverlapPolicy
  /** Called with the fragment whose bytes differ from those that came before. */
  overlap?(fragment: Packet): void
  /** Bytes that all datagrams under way may hold; default `defragmentLimits.heldBytes`. */
  heldBytes?: number
  /** Datagrams under way; default `defragmentLimits.datagrams`. */
  datagrams?: number
}

/** All of them count since the beginning. */
export interface DefragmentCounters {
  fragments: number
  reassembled: number
  /** Fragments that repeated bytes, all of them equal. */
  duplicates: number
  /** Fragments that overlapped others with differing content: an attempt to be read differently. */
  overlaps: number
  /** Datagrams given up because their time was over. */
  timedOut: number
  /** Datagrams given up because another's fragments needed the memory or the place. */
  evicted: number
  /** Datagrams given up: longer than 65,535 bytes (ping of death). */
  oversize: number
  /** Datagrams given up: two last fragments, or one beyond the last (teardrop and its kin). */
  conflictingEnd: number
  /** Datagrams given up by the policy `drop`. */
  droppedOverlap: number
  /** Fragments given up: empty, or of a length that is no multiple of 8 though more follow. */
  malformed: number
  /** Fragments given up because the capture had cut them. */
  truncated: number
  /** Reassembled datagrams that were fragments again, more often than `defragmentLimits.reassemblyDepth`. */
  nested: number
}

/** A datagram that is put by must not keep a buffer alive that the pool gives up. */
const NO_BUFFER = new Uint8Array(0)

/** Puts fragments of IPv4 and IPv6 datagrams together, by packet time and within a fixed memory. */
export class Defragmenter {
  readonly counters: DefragmentCounters = {
    fragments: 0,
    reassembled: 0,
    duplicates: 0,
    overlaps: 0,
    timedOut: 0,
    evicted: 0,
    oversize: 0,
    conflictingEnd: 0,
    droppedOverlap: 0,
    malformed: 0,
    truncated: 0,
    nested: 0,
  }
  readonly #policy: OverlapPolicy
  readonly #options: DefragmentOptions
  readonly #maxDatagrams: number
  readonly #pool: BufferPool
  readonly #table = new DatagramTable()
  readonly #spare: Datagram[] = []
  readonly #whole = new Packet()
  /** The buffer that the last whole datagram lies in. */
  #lent: Uint8Array | undefined

  constructor(options: DefragmentOptions = {}) {
    this.#policy = options.overlapPolicy ?? 'first'
    this.#options = options
    this.#maxDatagrams = options.datagrams ?? defragmentLimits.datagrams
    this.#pool = new BufferPool(options.heldBytes ?? defragmentLimits.heldBytes)
  }

  /** Datagrams under way. */
  get datagrams(): number {
    return this.#table.size
  }

  /** Bytes that datagrams under way, and the last whole one, hold. */
  get heldBytes(): number {
    return this.#pool.heldBytes
  }

  /**
   * Takes a packet whose status is `fragment`. Returns the whole datagram, decoded, when this was its last missing
   * part (its status may be anything but `fragment`; valid until the next call), else undefined.
   */
  add(fragment: Packet): Packet | undefined {
    let whole = this.#addOne(fragment)
    for (let depth = 1; whole?.status === DecodeStatus.fragment; depth++) {
      if (depth === defragmentLimits.reassemblyDepth) {
        this.counters.nested++
        return undefined
      }
      whole = this.#addOne(whole)
    }
    return whole
  }

  /** Gives up every datagram whose time is over. `add` does it, too; this is for when no fragments come. */
  expire(now: Microseconds): void {
    for (;;) {
      const datagram = this.#table.overdue(now)
      if (datagram === undefined) return
      this.counters.timedOut++
      this.#drop(datagram)
    }
  }

  #addOne(fragment: Packet): Packet | undefined {
    this.counters.fragments++
    this.expire(fragment.time)
    const length = this.#usableLength(fragment)
    if (length === 0) return undefined
    const hash = fragmentHash(fragment)
    const known = this.#table.find(fragment, hash)
    if (isOversize(fragment, length)) return this.#giveUp(known, 'oversize')
    const datagram = known ?? this.#begin(fragment, hash, length)
    if (datagram === undefined) return undefined
    const end = fragment.fragmentOffset + length
    if (!datagram.acceptsEnd(end, !fragment.moreFragments)) return this.#giveUp(datagram, 'conflictingEnd')
    if (!datagram.holds(end) && !this.#enlarge(datagram, end)) return undefined
    return this.#put(datagram, fragment, length)
  }

  /** Bytes of a fragment that count; 0 for none. Linux rounds IPv4 down to units of 8 and drops IPv6 that is not. */
  #usableLength(fragment: Packet): number {
    const length = fragment.payloadLength
    if (fragment.payloadEnd - fragment.payloadStart < length) {
      this.counters.truncated++
      return 0
    }
    if (length > 0 && (!fragment.moreFragments || length % 8 === 0)) return length
    this.counters.malformed++
    return fragment.ipVersion === 4 && length > 0 ? length - (length % 8) : 0
  }

  #begin(fragment: Packet, hash: number, length: number): Datagram | undefined {
    const crowdedOut =
      this.#table.size >= this.#maxDatagrams ? this.#table.oldest : this.#table.crowdedOut(hash)
    if (crowdedOut !== undefined) this.#evict(crowdedOut)
    const buffer = this.#take(fragment.fragmentOffset + length, undefined)
    if (buffer === undefined) {
      this.counters.evicted++
      return undefined
    }
    const datagram = this.#spare.pop() ?? new Datagram()
    datagram.begin(fragment, hash, buffer)
    this.#table.insert(datagram)
    return datagram
  }

  #enlarge(datagram: Datagram, payloadBytes: number): boolean {
    const larger = this.#take(payloadBytes, datagram)
    if (larger === undefined) {
      this.#evict(datagram)
      return false
    }
    this.#pool.give(datagram.moveTo(larger))
    return true
  }

  /** A buffer, for which the oldest datagrams but `sparing` are given up if need be. */
  #take(payloadBytes: number, sparing: Datagram | undefined): Uint8Array | undefined {
    for (;;) {
      const buffer = this.#pool.take(payloadBytes)
      const oldest = this.#table.oldest
      if (buffer !== undefined || oldest === undefined || oldest === sparing) return buffer
      this.#evict(oldest)
    }
  }

  #put(datagram: Datagram, fragment: Packet, length: number): Packet | undefined {
    const found = datagram.put(fragment, length, this.#policy === 'last')
    datagram.fragments++
    if (found & Found.different) {
      this.counters.overlaps++
      datagram.differed = true
      this.#options.overlap?.(fragment)
    } else if (found & Found.same) this.counters.duplicates++
    const isPartial = found & Found.new && found !== Found.new
    if (isPartial && this.#policy === 'drop') return this.#giveUp(datagram, 'droppedOverlap')
    return datagram.isWhole ? this.#finish(datagram, fragment) : undefined
  }

  #finish(datagram: Datagram, last: Packet): Packet {
    const whole = this.#whole
    whole.time = last.time
    whole.nanoseconds = last.nanoseconds
    whole.interfaceId = last.interfaceId
    whole.linkType = LinkType.raw
    datagram.give(whole)
    decodeDatagram(whole, datagram.networkId, datagram.tunnelDepth)
    whole.fragments = datagram.fragments
    whole.fragmentsDiffered = datagram.differed
    this.counters.reassembled++
    if (this.#lent !== undefined) this.#pool.give(this.#lent)
    this.#lent = datagram.buffer
    this.#forget(datagram)
    return whole
  }

  #giveUp(
    datagram: Datagram | undefined,
    counter: 'oversize' | 'conflictingEnd' | 'droppedOverlap',
  ): undefined {
    this.counters[counter]++
    if (datagram !== undefined) this.#drop(datagram)
  }

  #evict(datagram: Datagram): void {
    this.counters.evicted++
    this.#drop(datagram)
  }

  #drop(datagram: Datagram): void {
    this.#pool.give(datagram.buffer)
    this.#forget(datagram)
  }

  #forget(datagram: Datagram): void {
    this.#table.remove(datagram)
    datagram.buffer = NO_BUFFER
    this.#spare.push(datagram)
  }
}

/** Headers count with the data: no IPv4 datagram, and no payload of an IPv6 one, is longer than 65,535 bytes. */
function isOversize(fragment: Packet, length: number): boolean {
  const headerBytes = fragment.transportAt - fragment.networkAt - (fragment.ipVersion === 4 ? 0 : 48)
  return headerBytes + fragment.fragmentOffset + length > defragmentLimits.datagramBytes
}
