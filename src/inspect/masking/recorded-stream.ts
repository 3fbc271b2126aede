import { copyBytes } from '../../lib/bytes.ts'
import type { RecordedPayload } from './recorded-packets.ts'

/** Segments that follow on each other without a hole, in the text of the stream. */
interface Run {
  textAt: number
  from: number
  to: number
}

/** A payload, where it begins counted from the first of its stream, and where that is in the text. */
interface Segment {
  payload: RecordedPayload
  from: number
  textAt: number
}

/** One direction of a recorded connection as one text, which can be changed and said again by its segments. */
export class RecordedStream {
  /** Segments say different things about the same bytes. */
  readonly isContradictory: boolean
  readonly #file: Uint8Array
  readonly #segments: readonly Segment[]
  readonly #text: Uint8Array
  #used = 0

  /** @param payloads of one direction, with at least a byte each */
  constructor(file: Uint8Array, payloads: readonly RecordedPayload[]) {
    this.#file = file
    const [first] = payloads
    this.#segments = payloads
      .map((payload) => ({ payload, from: (payload.sequence - first.sequence) | 0, textAt: 0 }))
      .toSorted((a, b) => a.from - b.from)
    const bytes = payloads.reduce((sum, { start, end }) => sum + end - start, 0)
    // A byte that stands in no value for each hole.
    this.#text = new Uint8Array(bytes + payloads.length)
    this.isContradictory = this.#join()
  }

  get text(): Uint8Array {
    return this.#text.subarray(0, this.#used)
  }

  /** Where `[start, end)` of the file lies in the text. */
  *placesOf(places: readonly (readonly [number, number])[]): Generator<[number, number]> {
    const inOrder = this.#segments.toSorted((a, b) => a.payload.start - b.payload.start)
    for (const [start, end] of places) {
      const found = lastBefore(inOrder, start)
      if (found === undefined || end > found.payload.end) continue
      const at = found.textAt + start - found.payload.start
      yield [at, at + end - start]
    }
  }

  /** Whether any of them says something else than before, for each segment. */
  *sayAgain(): Generator<RecordedPayload> {
    for (const { payload, textAt } of this.#segments) {
      const length = payload.end - payload.start
      if (isSame(this.#file, payload.start, this.#text, textAt, length)) continue
      copyBytes(this.#text, textAt, textAt + length, this.#file, payload.start)
      yield payload
    }
  }

  /** Puts the text together. @returns whether segments contradict each other */
  #join(): boolean {
    let run: Run | undefined
    let contradicts = false
    for (const segment of this.#segments) {
      const { payload, from } = segment
      const length = payload.end - payload.start
      if (run === undefined || from > run.to) run = this.#begin(from)
      segment.textAt = run.textAt + from - run.from
      const old = Math.min(length, run.to - from)
      contradicts ||= !isSame(this.#file, payload.start, this.#text, segment.textAt, old)
      if (old === length) continue
      copyBytes(this.#file, payload.start + old, payload.end, this.#text, segment.textAt + old)
      run.to = from + length
      this.#used = segment.textAt + length
    }
    return contradicts
  }

  #begin(from: number): Run {
    if (this.#used > 0) this.#used++
    return { textAt: this.#used, from, to: from }
  }
}

function lastBefore(segments: readonly Segment[], at: number): Segment | undefined {
  let [low, high] = [0, segments.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (segments[middle].payload.start <= at) low = middle + 1
    else high = middle
  }
  return segments[low - 1]
}

function isSame(a: Uint8Array, aAt: number, b: Uint8Array, bAt: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return false
  return true
}
