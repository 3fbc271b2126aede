import { CollectedBytes } from './collected-bytes.ts'
import { FieldSection } from './field-section.ts'
import { limits } from './limits.ts'

/** Takes the field lines of a head or of trailers. */
export interface SectionTaker {
  /** Whole lines in `bytes[start, end)`; `fields` is what they and those before them say. */
  takeFields(bytes: Uint8Array, fields: FieldSection, start: number, end: number): void
  /** A part of a line that is longer than `limits.headBytes`, without its beginning. */
  takeLongLine(bytes: Uint8Array, start: number, end: number): void
}

/**
 * Reads a section of fields that comes in pieces: keeps it until it is whole. A section beyond `limits.headBytes` is
 * read in parts, so that padding neither hides what comes behind it nor costs memory.
 */
export class SectionReader {
  readonly fields = new FieldSection()
  isDone = false
  isTooLarge = false
  #kept: CollectedBytes | undefined
  #inLongLine = false

  /** Undefined when there is no memory for incomplete heads. To be given back by `close`. */
  static open(): SectionReader | undefined {
    const kept = CollectedBytes.open()
    if (kept === undefined) return undefined
    const reader = FREE.pop() ?? new SectionReader()
    reader.#kept = kept
    reader.fields.begin()
    reader.isDone = false
    reader.isTooLarge = false
    reader.#inLongLine = false
    return reader
  }

  /** What is kept, for those who give up. */
  get kept(): CollectedBytes | undefined {
    return this.#kept
  }

  /** Reads until the input ends or the section does; returns where it stopped. */
  read(bytes: Uint8Array, start: number, end: number, taker: SectionTaker): number {
    const kept = this.#kept
    if (kept === undefined) return end
    let i = start
    while (i < end && !this.isDone) {
      i = kept.appendLine(bytes, i, end)
      if (this.#inLongLine) this.#readLongLine(kept, taker)
      else if (kept.endsEmptyLine) this.#readRest(kept, taker)
      else if (kept.isFull) this.#readPart(kept, taker)
    }
    return i
  }

  close(): void {
    this.#kept?.close()
    this.#kept = undefined
    if (FREE.length < limits.pooled) FREE.push(this)
  }

  #readRest(kept: CollectedBytes, taker: SectionTaker): void {
    this.fields.read(kept.bytes, 0, kept.length)
    taker.takeFields(kept.bytes, this.fields, 0, this.fields.readTo)
    this.isDone = true
  }

  #readPart(kept: CollectedBytes, taker: SectionTaker): void {
    this.isTooLarge = true
    this.fields.read(kept.bytes, 0, kept.length)
    const whole = this.fields.readTo
    this.#inLongLine = whole === 0 && !kept.endsLine
    const taken = whole === 0 ? kept.length : whole
    taker.takeFields(kept.bytes, this.fields, 0, taken)
    this.fields.forgetSpans()
    kept.drop(taken)
  }

  #readLongLine(kept: CollectedBytes, taker: SectionTaker): void {
    if (!kept.endsLine && !kept.isFull) return
    taker.takeLongLine(kept.bytes, 0, kept.length)
    this.#inLongLine = !kept.endsLine
    kept.drop(kept.length)
  }
}

const FREE: SectionReader[] = []
