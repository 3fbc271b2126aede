import { Base64Run, type DecodedBytes } from '../content/base64-run.ts'
import { encodedKind } from '../content/encoded-content.ts'
import { limits as contentLimits } from '../content/limits.ts'
import { limits } from './limits.ts'
import { NestedContent, type OpenNested } from './nested-content.ts'

/**
 * What was decoded while a content was scanned, until the scan is over: a scanner cannot be asked while it scans. One for each
 * depth of nesting; empty between writes.
 */
export class DecodedQueue {
  readonly #bytes: Uint8Array
  #length = 0
  readonly #contents: NestedContent[] = []
  readonly #ends: number[] = []
  readonly #isLast: boolean[] = []

  /** @param sizeBytes - by default a slice, what a stream of the scanner carries into it, and the heads of runs. */
  constructor(sizeBytes: number = 2 * limits.encodedSliceBytes) {
    this.#bytes = new Uint8Array(sizeBytes)
  }

  add(content: NestedContent, byte: number): void {
    const last = this.#contents.length - 1
    if (this.#contents[last] !== content || this.#isLast[last]) this.#push(content)
    if (this.#length < this.#bytes.length) this.#bytes[this.#length++] = byte
    this.#ends[this.#ends.length - 1] = this.#length
  }

  end(content: NestedContent): void {
    this.#push(content)
    this.#isLast[this.#isLast.length - 1] = true
  }

  #push(content: NestedContent): void {
    this.#contents.push(content)
    this.#ends.push(this.#length)
    this.#isLast.push(false)
  }

  /** Hands on what came, in order. */
  flush(): void {
    if (this.#contents.length === 0) return
    let at = 0
    for (const [i, content] of this.#contents.entries()) {
      const end = this.#ends[i]
      if (at < end) content.write(this.#bytes, at, end)
      if (this.#isLast[i]) content.end()
      at = end
    }
    this.#contents.length = this.#ends.length = this.#isLast.length = 0
    this.#length = 0
  }
}

/** The runs of base64 of one content, one at a time, decoded as they are passed. */
export class EncodedRuns implements DecodedBytes {
  readonly #queue: DecodedQueue
  readonly #run = new Base64Run(this)
  readonly #head = new Uint8Array(contentLimits.encodedHeadBytes)
  #headLength = 0
  #nesting = 0
  #content: NestedContent | undefined
  readonly #open: () => OpenNested

  /** @param open - how a content is opened that was found at the position passed to */
  constructor(queue: DecodedQueue, open: () => OpenNested) {
    this.#queue = queue
    this.#open = open
  }

  get isOpen(): boolean {
    return this.#run.isOpen
  }

  /** @param nesting - how many contents the run lies in */
  begin(nesting: number): void {
    this.#nesting = nesting
    this.#headLength = 0
    this.#run.begin()
  }

  /** Forgets a run that is open. */
  reset(): void {
    this.#run.stop()
    this.#content = undefined
  }

  /** Returns where the run ended, or `end` where it may go on. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const at = this.#run.read(bytes, start, end)
    if (!this.#run.isOpen) this.end()
    return at
  }

  decoded(byte: number): void {
    if (this.#content !== undefined) this.#queue.add(this.#content, byte)
    else {
      this.#head[this.#headLength++] = byte
      if (this.#headLength === this.#head.length) this.#decide()
    }
  }

  /** The run ends, whether it ended itself or its content did. */
  end(): void {
    const isLong = this.#run.length >= contentLimits.base64Characters
    if (this.#content === undefined && isLong && this.#headLength < this.#head.length) this.#decide()
    if (this.#content !== undefined) this.#queue.end(this.#content)
    this.reset()
    this.#headLength = this.#head.length
  }

  #decide(): void {
    const kind = encodedKind(this.#head, this.#headLength)
    if (kind === undefined) {
      this.#run.stop()
      return
    }
    const content = new NestedContent(kind, 'base64', this.#nesting, this.#open())
    this.#content = content
    for (let i = 0; i < this.#headLength; i++) this.#queue.add(content, this.#head[i])
  }
}
