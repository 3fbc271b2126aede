import { i32 } from '../../lib/bytes.ts'
import type { Microseconds } from '../../lib/time.ts'
import { defragmentLimits } from '../limits.ts'
import type { Packet } from '../packet.ts'
import type { Datagram } from './datagram.ts'

const BUCKETS = 4096

/** The datagrams under way: found by the fragments that belong to them, and lined up by when they began. */
export class DatagramTable {
  readonly #buckets: (Datagram | undefined)[] = Array<Datagram | undefined>(BUCKETS).fill(undefined)
  readonly #ipv4 = new Line(defragmentLimits.ipv4TimeoutMs * 1000)
  readonly #ipv6 = new Line(defragmentLimits.ipv6TimeoutMs * 1000)
  #size = 0

  get size(): number {
    return this.#size
  }

  find(fragment: Packet, hash: number): Datagram | undefined {
    let datagram = this.#buckets[hash & (BUCKETS - 1)]
    while (datagram !== undefined && !(datagram.hash === hash && datagram.isOf(fragment)))
      datagram = datagram.nextInBucket
    return datagram
  }

  insert(datagram: Datagram): void {
    const bucket = datagram.hash & (BUCKETS - 1)
    datagram.nextInBucket = this.#buckets[bucket]
    this.#buckets[bucket] = datagram
    this.#line(datagram).append(datagram)
    this.#size++
  }

  remove(datagram: Datagram): void {
    const bucket = datagram.hash & (BUCKETS - 1)
    if (this.#buckets[bucket] === datagram) this.#buckets[bucket] = datagram.nextInBucket
    else {
      let before = this.#buckets[bucket]
      while (before !== undefined && before.nextInBucket !== datagram) before = before.nextInBucket
      if (before !== undefined) before.nextInBucket = datagram.nextInBucket
    }
    datagram.nextInBucket = undefined
    this.#line(datagram).remove(datagram)
    this.#size--
  }

  /** A datagram whose time is over at `now`, if there is one. */
  overdue(now: Microseconds): Datagram | undefined {
    return this.#ipv4.overdue(now) ?? this.#ipv6.overdue(now)
  }

  /** The one that began first of all. */
  get oldest(): Datagram | undefined {
    const [ipv4, ipv6] = [this.#ipv4.oldest, this.#ipv6.oldest]
    if (ipv4 === undefined || ipv6 === undefined) return ipv4 ?? ipv6
    return ipv4.began <= ipv6.began ? ipv4 : ipv6
  }

  /**
   * The last of a bucket that is full. Without it whoever chooses addresses and identifications so that they fall into
   * one bucket makes every search a long one.
   */
  crowdedOut(hash: number): Datagram | undefined {
    let datagram = this.#buckets[hash & (BUCKETS - 1)]
    for (let place = 1; datagram !== undefined; place++) {
      if (place === defragmentLimits.bucketDatagrams) return datagram
      datagram = datagram.nextInBucket
    }
    return undefined
  }

  #line(datagram: Datagram): Line {
    return datagram.ipVersion === 4 ? this.#ipv4 : this.#ipv6
  }
}

/** Datagrams of one family, oldest first: they all have the same time, so only the first needs looking at. */
class Line {
  readonly #timeoutUs: number
  #newest: Datagram | undefined
  oldest: Datagram | undefined

  constructor(timeoutUs: number) {
    this.#timeoutUs = timeoutUs
  }

  append(datagram: Datagram): void {
    datagram.older = this.#newest
    datagram.newer = undefined
    if (this.#newest === undefined) this.oldest = datagram
    else this.#newest.newer = datagram
    this.#newest = datagram
  }

  remove(datagram: Datagram): void {
    if (datagram.older === undefined) this.oldest = datagram.newer
    else datagram.older.newer = datagram.newer
    if (datagram.newer === undefined) this.#newest = datagram.older
    else datagram.newer.older = datagram.older
    datagram.older = datagram.newer = undefined
  }

  overdue(now: Microseconds): Datagram | undefined {
    return this.oldest !== undefined && now - this.oldest.began > this.#timeoutUs ? this.oldest : undefined
  }
}

/** Mixes what a fragment is told by; not the protocol, which IPv6 leaves out. */
export function fragmentHash(fragment: Packet): number {
  let hash = Math.imul(fragment.fragmentId ^ fragment.networkId, 0x9e3779b1)
  const end = fragment.sourceAt + (fragment.ipVersion === 4 ? 8 : 32)
  for (let at = fragment.sourceAt; at < end; at += 4) {
    hash = Math.imul(hash ^ i32(fragment.bytes, at), 0x85ebca6b)
    hash ^= hash >>> 15
  }
  return hash
}
