import type { FieldTracker } from './field-tracker.ts'
import { noFields } from './field-tracker.ts'
import type { KeptBlocks } from './kept-blocks.ts'
import { limits } from './limits.ts'

const NOTHING = new Uint8Array(0)

/**
 * Follows the fields of a content, but reads it only where somebody asks for one: nearly all contents are never asked
 * about. What was passed waits until then, where it lies or, when it will not stay there, as a copy.
 */
export class LazyFields {
  readonly #blocks: KeptBlocks
  #tracker: FieldTracker = noFields
  /** Everything is read, as it comes. */
  #isEager = false
  /** Passed and not read: `#bytes[#start, #end)`. */
  #bytes: Uint8Array = NOTHING
  #start = 0
  #end = 0
  /** Holds copies. */
  #block: Uint8Array | undefined

  /** @param blocks - where copies are kept; shared by all contents that are open at a time. */
  constructor(blocks: KeptBlocks) {
    this.#blocks = blocks
  }

  /** Begins a content whose tracker was reset. One that is to tell values reads everything, as it comes. */
  begin(tracker: FieldTracker, isEager = false): void {
    this.end()
    this.#tracker = tracker
    this.#isEager = isEager
  }

  /** Bytes that stay where they are until the content ends; each call's follow those of the call before. */
  passInPlace(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isEager) this.#tracker.read(bytes, start, end)
    if (this.#isEager || this.#tracker === noFields) return
    if (this.#bytes !== bytes || this.#end !== start) {
      this.#readOn()
      this.#bytes = bytes
      this.#start = start
    }
    this.#end = end
  }

  /** Bytes that are only valid during the call. */
  pass(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isEager) this.#tracker.read(bytes, start, end)
    if (this.#isEager || this.#tracker === noFields) return
    const block = (this.#block ??= this.#blocks.take())
    if (block === undefined || end - start > limits.keptBytes) {
      this.#readOn()
      this.#tracker.read(bytes, start, end)
      return
    }
    if (this.#bytes !== block || this.#end + end - start > limits.keptBytes) {
      this.#readOn()
      this.#bytes = block
      this.#start = this.#end = 0
    }
    Buffer.prototype.copy.call(bytes, block, this.#end, start, end)
    this.#end += end - start
  }

  /** Name of the field at the position passed to, `''` where there is none. Reads what was passed. */
  field(): string {
    this.#readOn()
    return this.#tracker.field()
  }

  /** As `field`, the record around it. */
  record(): number {
    this.#readOn()
    return this.#tracker.record?.() ?? 0
  }

  isInRecord(record: number): boolean {
    this.#readOn()
    return this.#tracker.isInRecord?.(record) === true
  }

  /** Gives back what the content took. */
  end(): void {
    if (this.#block !== undefined) this.#blocks.giveBack(this.#block)
    this.#block = undefined
    this.#bytes = NOTHING
    this.#start = this.#end = 0
    this.#tracker = noFields
    this.#isEager = false
  }

  #readOn(): void {
    if (this.#start < this.#end) this.#tracker.read(this.#bytes, this.#start, this.#end)
    this.#start = this.#end
  }
}
