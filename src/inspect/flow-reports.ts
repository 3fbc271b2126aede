import type { Microseconds } from '../lib/time.ts'

/** What was told of each flow so far, in columns beside the flow table's, by its indexes. */
export class FlowReports {
  #numbers = new Float64Array(0)
  #told = new Float64Array(0)
  #origins = new Int32Array(0)
  #last = 0

  /** A flow has begun under this index. */
  begin(flow: number, origin: number): void {
    if (flow >= this.#numbers.length) this.#grow(flow + 1)
    this.#numbers[flow] = 0
    this.#told[flow] = 0
    this.#origins[flow] = origin
  }

  /** Number of the flow among those that were told of, from 1; given at the first call. */
  number(flow: number): number {
    return (this.#numbers[flow] ||= ++this.#last)
  }

  /** When it was last told of; 0 when it never was. */
  told(flow: number): Microseconds {
    return this.#told[flow]
  }

  tell(flow: number, now: Microseconds): void {
    this.#told[flow] = now
  }

  /** `originNetworkId` of its first packet: the namespace in which it was seen. */
  origin(flow: number): number {
    return this.#origins[flow]
  }

  #grow(least: number): void {
    const size = Math.max(1024, least, this.#numbers.length * 2)
    this.#numbers = new Float64Array(moved(this.#numbers, size))
    this.#told = new Float64Array(moved(this.#told, size))
    this.#origins = new Int32Array(moved(this.#origins, size))
  }
}

/** Memory for `size` elements that begins with those of a column; the column is empty afterwards. */
function moved(column: Float64Array | Int32Array, size: number): ArrayBuffer {
  return (column.buffer as ArrayBuffer).transfer(size * column.BYTES_PER_ELEMENT)
}
