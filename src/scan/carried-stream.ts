import { copyBytes } from '../lib/bytes.ts'
import { limits } from './limits.ts'
import type { MatchFinder, Passing, Window } from './match-finder.ts'
import { historyBytes, passTo, reachBytes } from './match-finder.ts'
import type { ScanMemory } from './scan-memory.ts'
import type { KeptBytes, MatchSink, StreamScanner } from './scanner.ts'
import { TakenMatches } from './taken-matches.ts'

/** What the streams of one scanner share. */
export interface StreamContext {
  memory: ScanMemory
  finder: MatchFinder
  /** Region in which carried bytes and new ones are put side by side. Zeros follow its `limits.stagingBytes`. */
  staging: Uint8Array<ArrayBuffer>
}

/** Zeros after the end of a content, for windows that reach beyond it. */
export const zeroBytes = 32

/** What is carried after a write at the least: undecided bytes and those before them. */
const keptBytes = historyBytes + reachBytes

/**
 * A content in pieces. Matches are decided when all is known that they may reach; what is not decided, with what stands before it, is
 * carried to the next write. Short writes are collected until they fill what may be carried.
 */
export class CarriedStream implements StreamScanner {
  readonly #context: StreamContext
  readonly #carry = new Uint8Array(limits.carryBytes)
  #carried = 0
  readonly #kept: KeptBytes = { bytes: this.#carry, end: 0, undecided: 0 }
  /** Position in the content of the first byte carried. */
  #offset = 0
  /** Position in the content before which all matches that start there have been offered. */
  #settled = 0
  readonly #window: Window
  readonly #out: { sink: MatchSink; taken: TakenMatches; passing: Passing }
  /** A whole content passes bytes where they were given, and only as far as its last match. */
  readonly #isWhole: boolean

  constructor(context: StreamContext, isWhole = false) {
    this.#context = context
    this.#isWhole = isWhole
    this.#window = { bytes: context.staging, start: 0, end: 0, offset: 0 }
    const passing = { bytes: context.staging, offset: 0, passed: 0 }
    this.#out = { sink: noSink, taken: new TakenMatches(), passing }
  }

  reset(): void {
    this.#carried = 0
    this.#offset = 0
    this.#settled = 0
    this.#out.taken.reset()
    this.#out.passing.passed = 0
  }

  write(bytes: Uint8Array, start: number, end: number, sink: MatchSink): void {
    if (this.#carried + end - start <= limits.carryBytes) {
      copyBytes(bytes, start, end, this.#carry, this.#carried)
      this.#carried += end - start
      return
    }
    this.#out.sink = sink
    const isInPlace = end - start >= limits.inPlaceBytes && this.#context.memory.owns(bytes)
    if (isInPlace) this.#scanInPlace(bytes, start, end)
    else this.#scanCopied(bytes, start, end)
    this.#out.sink = noSink
  }

  close(sink: MatchSink): void {
    const { staging } = this.#context
    this.#out.sink = sink
    copyBytes(this.#carry, 0, this.#carried, staging, 0)
    zero(staging, this.#carried)
    this.#scanStaged(this.#carried, this.#carried)
    this.#offset += this.#carried
    this.#carried = 0
    this.#out.sink = noSink
  }

  get kept(): KeptBytes {
    const kept = this.#kept
    kept.end = this.#carried
    kept.undecided = Math.max(0, this.#settled - this.#offset)
    return kept
  }

  /** Scans a whole content that fits the staging region. For streams made with `isWhole`. */
  scanWhole(bytes: Uint8Array, start: number, end: number, sink: MatchSink): void {
    const { staging, memory } = this.#context
    const length = end - start
    const { passing } = this.#out
    this.reset()
    passing.bytes = bytes
    passing.offset = -start
    if (length <= limits.stagingBytes && (length < limits.inPlaceBytes || !memory.owns(bytes))) {
      this.#out.sink = sink
      copyBytes(bytes, start, end, staging, 0)
      zero(staging, length)
      this.#scanStaged(length, length)
      this.#out.sink = noSink
    } else {
      this.write(bytes, start, end, sink)
      this.close(sink)
    }
    passing.bytes = staging
  }

  /** Puts new bytes after the carried ones, as many at a time as the staging region takes. */
  #scanCopied(bytes: Uint8Array, start: number, end: number): void {
    const { staging } = this.#context
    copyBytes(this.#carry, 0, this.#carried, staging, 0)
    let staged = this.#carried
    for (let at = start; at < end;) {
      const taken = Math.min(end - at, limits.stagingBytes - staged)
      copyBytes(bytes, at, at + taken, staging, staged)
      at += taken
      staged += taken
      this.#scanStaged(staged, staged - reachBytes)
      const kept = Math.max(0, this.#settled - historyBytes - this.#offset)
      staging.copyWithin(0, kept, staged)
      this.#offset += kept
      staged -= kept
    }
    copyBytes(staging, 0, staged, this.#carry, 0)
    this.#carried = staged
  }

  /** Scans the seam between carried and new bytes in the staging region, the rest where it lies. */
  #scanInPlace(bytes: Uint8Array, start: number, end: number): void {
    const { staging } = this.#context
    copyBytes(this.#carry, 0, this.#carried, staging, 0)
    copyBytes(bytes, start, start + keptBytes, staging, this.#carried)
    const seam = this.#carried + keptBytes
    this.#scanStaged(seam, seam - reachBytes)
    this.#offset += this.#carried
    this.#scanWindow(bytes, start, end, end - reachBytes)
    copyBytes(bytes, end - keptBytes, end, this.#carry, 0)
    this.#offset += end - start - keptBytes
    this.#carried = keptBytes
  }

  #scanStaged(length: number, to: number): void {
    this.#scanWindow(this.#context.staging, 0, length, to)
  }

  /** Offers what starts before `to` in `bytes[start, end)`, which begins at position `#offset` of the content. */
  #scanWindow(bytes: Uint8Array, start: number, end: number, to: number): void {
    const window = this.#window
    const { passing, sink } = this.#out
    const offset = this.#offset - start
    if (offset + to <= this.#settled) return
    window.bytes = bytes
    window.start = start
    window.end = end
    window.offset = offset
    if (!this.#isWhole) {
      passing.bytes = bytes
      passing.offset = offset
    }
    this.#context.finder.find(window, this.#settled - offset, to, this.#out)
    this.#settled = offset + to
    if (!this.#isWhole) passTo(passing, this.#settled, sink)
  }
}

function zero(bytes: Uint8Array, start: number): void {
  for (let i = start; i < start + zeroBytes; i++) bytes[i] = 0
}

/** Stands in between writes, so that no stream keeps a sink alive. */
const noSink: MatchSink = { match: () => true, pass() {} }
