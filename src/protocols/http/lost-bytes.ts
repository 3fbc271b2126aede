import { isCapital } from '../../lib/ascii.ts'
import type { Direction } from '../../model/direction.ts'
import type { ContentStream, ProtocolSink } from '../protocol.ts'
import { LF } from './octets.ts'
import type { Verdict } from './start-prefix.ts'
import { StartPrefix } from './start-prefix.ts'
import { StartVerdict } from './start-verdict.ts'

/**
 * Bytes of which is not known what they belong to, after a gap or where no message begins: they are inspected as
 * payload, and the beginning of each line is looked at for a message.
 */
export class LostBytes {
  /** First bytes of the message that was found. */
  readonly prefix = new StartPrefix()
  readonly #sink: ProtocolSink
  readonly #direction: Direction
  readonly #verdict: Verdict
  #payload: ContentStream | undefined
  /** The line at hand is not to be looked at. */
  #midLine: boolean

  constructor(sink: ProtocolSink, direction: Direction, verdict: Verdict, midLine: boolean) {
    this.#sink = sink
    this.#direction = direction
    this.#verdict = verdict
    this.#midLine = midLine
  }

  get isFound(): boolean {
    return this.prefix.verdict === StartVerdict.yes
  }

  /** Reads until the input ends or a message is found, which begins with `prefix`; returns where it stopped. */
  read(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end && !this.isFound) {
      i = this.#midLine ? this.#passLines(bytes, i, end) : this.#look(bytes, i, end)
    }
    return i
  }

  /** Bytes were lost: a message may begin right behind them. */
  gap(): void {
    this.end(false)
    this.#midLine = false
  }

  end(complete: boolean): void {
    if (!this.isFound) this.#dropPrefix()
    this.#payload?.close(complete)
    this.#payload = undefined
  }

  #look(bytes: Uint8Array, start: number, end: number): number {
    const i = this.prefix.read(bytes, start, end, this.#verdict)
    if (this.prefix.verdict === StartVerdict.no) {
      // A line feed decides by itself, so if there is one it is the last byte.
      this.#midLine = this.prefix.bytes[this.prefix.length - 1] !== LF
      this.#dropPrefix()
    }
    return i
  }

  #dropPrefix(): void {
    this.#pass(this.prefix.bytes, 0, this.prefix.length)
    this.prefix.clear()
  }

  /** Passes lines on, up to the next one that begins with a capital as messages do. */
  #passLines(bytes: Uint8Array, start: number, end: number): number {
    let i = start
    while (i < end) {
      while (i < end && bytes[i] !== LF) i++
      if (i === end) break
      i++
      if (i === end || isCapital(bytes[i])) {
        this.#midLine = false
        break
      }
    }
    this.#pass(bytes, start, i)
    return i
  }

  #pass(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return
    this.#payload ??= this.#sink.open(this.#direction, 'payload', 'text')
    this.#payload.write(bytes, start, end)
  }
}
