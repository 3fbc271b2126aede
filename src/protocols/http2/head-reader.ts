import type { Direction } from '../../model/direction.ts'
import { CollectedBytes } from '../http/collected-bytes.ts'
import { Anomaly } from './anomalies.ts'
import type { FramePart } from './frame-reader.ts'
import type { FrameHeader } from './frames.ts'
import { FrameFlag, FrameType } from './frames.ts'
import { Head } from './head.ts'
import type { HeadTaker } from './head.ts'
import { FieldBlockDecoder } from './hpack/field-block-decoder.ts'
import { limits } from './limits.ts'

/** Whose head it is. */
export interface HeadOf {
  direction: Direction
  stream: number
  /** What a server says a client would have asked (RFC 9113 section 8.4). */
  isPromise: boolean
  /** Nothing follows it. */
  endsStream: boolean
}

/** What is done with the heads of a connection. */
export interface HeadOwner {
  headPart(of: HeadOf, head: Head): void
  headEnded(of: HeadOf, head: Head): void
  longValue(of: HeadOf, bytes: Uint8Array, start: number, end: number): void
  anomaly(code: string): void
}

/**
 * Puts the field blocks of one direction together, HEADERS or PUSH_PROMISE and what CONTINUATION adds, and decodes them (RFC 9113
 * section 4.3). A block that is whole in the bytes at hand is read in place.
 */
export class HeadReader implements HeadTaker {
  readonly #of: HeadOf
  readonly #owner: HeadOwner
  readonly #decoder = new FieldBlockDecoder()
  #head: Head | undefined
  #kept: CollectedBytes | undefined
  /** The rest of the block cannot be read. */
  #isBroken = false

  constructor(direction: Direction, owner: HeadOwner) {
    this.#of = { direction, stream: 0, isPromise: false, endsStream: false }
    this.#owner = owner
  }

  /** Within a block. */
  get isWithin(): boolean {
    return this.#head !== undefined
  }

  get stream(): number {
    return this.#of.stream
  }

  /** What was in the table is not known. */
  lose(): void {
    this.#decoder.lose()
  }

  begin(frame: FrameHeader): void {
    const of = this.#of
    of.stream = frame.stream
    of.isPromise = frame.type === FrameType.pushPromise
    of.endsStream = frame.type === FrameType.headers && frame.has(FrameFlag.endStream)
    this.#isBroken = false
    this.#head = Head.open(this)
  }

  /** A part of a block; `isLast` of the part that ends a frame. */
  part({ bytes, start, end, isLast }: FramePart, frame: FrameHeader): void {
    const head = this.#head
    if (head === undefined) return
    const isWhole = isLast && frame.has(FrameFlag.endHeaders)
    if (isWhole && this.#kept === undefined && end - start <= limits.blockBytes) {
      const read = this.#decode(bytes, start, end, head)
      this.#finish(head, read === end)
      return
    }
    this.#collect(bytes, start, end, head)
    if (isWhole) this.#readKept(head)
  }

  /** Octets of a block were lost: what stands behind them is not told any more, and what it adds to the table neither. */
  broken(): void {
    if (this.#head === undefined) return
    this.#isBroken = true
    this.#decoder.lose()
  }

  /** Gives up a block that was begun; `isEnd` where the direction ended within it. */
  abandon(): void {
    const head = this.#head
    if (head === undefined) return
    this.#owner.anomaly(Anomaly.headIncomplete)
    this.#decoder.lose()
    const kept = this.#kept
    if (kept !== undefined) this.#decode(kept.bytes, 0, kept.length, head)
    this.#finish(head, true)
  }

  #collect(bytes: Uint8Array, start: number, end: number, head: Head): void {
    let i = start
    while (i < end && !this.#isBroken) {
      this.#kept ??= CollectedBytes.open()
      const kept = this.#kept
      if (kept === undefined) {
        this.#owner.anomaly(Anomaly.headMemory)
        this.broken()
        return
      }
      i = kept.append(bytes, i, end)
      if (i < end) this.#makeRoom(kept, head)
    }
  }

  /** The block is larger than what is kept of it: what is whole is read already. */
  #makeRoom(kept: CollectedBytes, head: Head): void {
    const read = this.#decode(kept.bytes, 0, kept.length, head)
    if (read === 0 && !this.#isBroken) {
      this.#owner.anomaly(Anomaly.fieldTooLarge)
      this.broken()
    }
    kept.drop(read)
  }

  #readKept(head: Head): void {
    const kept = this.#kept
    const read = kept === undefined ? 0 : this.#decode(kept.bytes, 0, kept.length, head)
    this.#finish(head, kept === undefined || read === kept.length)
  }

  #decode(bytes: Uint8Array, start: number, end: number, head: Head): number {
    if (this.#isBroken) return end
    head.allow(2 * (end - start))
    const read = this.#decoder.decode(bytes, start, end, head)
    const { problem } = this.#decoder
    if (problem === 'table-too-large') this.#owner.anomaly(Anomaly.tableTooLarge)
    if (problem !== 'corrupt' && problem !== 'too-large') return read
    this.#owner.anomaly(problem === 'corrupt' ? Anomaly.compression : Anomaly.headTooLarge)
    this.#isBroken = true
    return end
  }

  #finish(head: Head, isWhole: boolean): void {
    if (!isWhole) {
      this.#owner.anomaly(Anomaly.compression)
      this.#decoder.lose()
    }
    this.#kept?.close()
    this.#kept = undefined
    head.finish()
    this.#head = undefined
    this.#owner.headEnded(this.#of, head)
    head.close()
  }

  headPart(head: Head): void {
    this.#owner.headPart(this.#of, head)
  }

  longValue(bytes: Uint8Array, start: number, end: number): void {
    this.#owner.longValue(this.#of, bytes, start, end)
  }
}
