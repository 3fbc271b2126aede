import { copyBytes } from '../lib/bytes.ts'
import type { Microseconds } from '../lib/time.ts'
import { Packet } from '../packet/packet.ts'
import type { PacketSink } from '../packet/capture/capture.ts'
import { captureLimits } from './limits.ts'

/** In front of each packet: time, captured length, length on the wire, link type. */
const HEAD_BYTES = 20

/** Packets of one kind of time, one behind the other. */
class Half {
  bytes: Uint8Array
  view: DataView
  used = 0

  constructor(size: number) {
    this.bytes = new Uint8Array(size)
    this.view = new DataView(this.bytes.buffer)
  }
}

/**
 * The last packets of a workload, in two halves of a fixed size: when one is full the other begins anew. So it holds between a half and all of
 * its size. It begins small and grows as there is traffic; a packet costs a copy and no memory of its own.
 */
export class PacketRing {
  #now = new Half(captureLimits.firstRingBytes / 2)
  #before: Half | undefined
  readonly #mostBytes: number

  /** @param mostBytes of both halves together */
  constructor(mostBytes: number = captureLimits.ringBytes) {
    this.#mostBytes = mostBytes
  }

  /** Memory that it has. */
  get bytes(): number {
    return this.#now.bytes.length + (this.#before?.bytes.length ?? 0)
  }

  /** Takes a copy. @param mayGrow whether there is memory for it to grow; asked when it would */
  add(packet: Packet, mayGrow: () => boolean): void {
    const captured = packet.end - packet.start
    const needed = HEAD_BYTES + captured
    if (this.#now.used + needed > this.#now.bytes.length && !this.#makeRoom(needed, mayGrow)) return
    const { bytes, view, used } = this.#now
    view.setFloat64(used, packet.time)
    view.setUint32(used + 8, captured)
    view.setUint32(used + 12, packet.originalLength)
    view.setUint32(used + 16, packet.linkType)
    copyBytes(packet.bytes, packet.start, packet.end, bytes, used + HEAD_BYTES)
    this.#now.used += needed
  }

  /** What came at `since` or later, oldest first. */
  read(since: Microseconds, sink: PacketSink): void {
    if (this.#before !== undefined) readHalf(this.#before, since, sink)
    readHalf(this.#now, since, sink)
  }

  #makeRoom(needed: number, mayGrow: () => boolean): boolean {
    const size = this.#now.bytes.length
    const larger = Math.min(2 * size, this.#mostBytes / 2)
    if (needed > this.#mostBytes / 2) return false
    const next = larger > size && mayGrow() ? new Half(Math.max(larger, needed)) : this.#spare(size)
    if (needed > next.bytes.length) return false
    this.#before = this.#now
    this.#now = next
    return true
  }

  /** The older half, to be written over, where it is as large. */
  #spare(size: number): Half {
    const before = this.#before
    if (before === undefined || before.bytes.length < size) return new Half(size)
    before.used = 0
    return before
  }
}

const PACKET = new Packet()

function readHalf({ bytes, view, used }: Half, since: Microseconds, sink: PacketSink): void {
  PACKET.bytes = bytes
  for (let at = 0; at < used;) {
    const captured = view.getUint32(at + 8)
    PACKET.time = view.getFloat64(at)
    PACKET.originalLength = view.getUint32(at + 12)
    PACKET.linkType = view.getUint32(at + 16)
    PACKET.start = at + HEAD_BYTES
    PACKET.end = PACKET.start + captured
    if (PACKET.time >= since) sink.packet(PACKET)
    at = PACKET.end
  }
}
