import { KEY_WORDS } from './flow-key.ts'

/** What follows the key in a flow's words. */
export const FlowWord = {
  /** Hash of the key: finding a flow's slot and growing need no second reading. */
  hash: KEY_WORDS,
  /** Neighbours in the list of the flow's phase, -1 at its ends. A free record keeps the next free one in `newer`. */
  older: KEY_WORDS + 1,
  newer: KEY_WORDS + 2,
  /** Initial sequence number of the last SYN that was believed to be of this flow. */
  initialSequence: KEY_WORDS + 3,
  /** Phase in the low 8 bits, `FlowFlag` above. */
  status: KEY_WORDS + 4,
  /** State of the two TCP streams, 4 words each; all 0 at first. */
  streams: KEY_WORDS + 17,
} as const

/** Doubles between `status` and `streams`, counted from the record's start; `bytes` and `packets` by the table's side. */
export const FlowStat = { start: 8, last: 9, bytes: 10, packets: 12 } as const

/**
 * All that a packet needs of its flow lies together: with hundreds of thousands of flows it is the memory pages and
 * cache lines touched that take the time. 144 bytes.
 */
export const FLOW_WORDS = KEY_WORDS + 25
export const FLOW_STATS = FLOW_WORDS / 2

export const FlowFlag = {
  live: 1 << 8,
  /** The client is the key's higher end. */
  clientIsHigh: 1 << 9,
  /** A SYN came that does not belong to this connection, from the higher end when `reopenedByHigh`. */
  reopening: 1 << 10,
  reopenedByHigh: 1 << 11,
} as const

export const PHASE_MASK = 0xff

/** The flows' values in one buffer that doubles as needed, seen as words and as doubles. */
export class FlowRecords {
  words: Int32Array
  stats: Float64Array
  capacity: number
  readonly #most: number
  #free = -1
  #used = 0

  constructor(first: number, most: number) {
    this.capacity = Math.min(first, most)
    this.#most = most
    this.words = new Int32Array(this.capacity * FLOW_WORDS)
    this.stats = new Float64Array(this.words.buffer)
  }

  /** Records that were ever in use are below this. */
  get used(): number {
    return this.#used
  }

  /** A record to fill, all its values stale; -1 when there are as many as there may be. */
  take(): number {
    const flow = this.#free
    if (flow >= 0) {
      this.#free = this.words[flow * FLOW_WORDS + FlowWord.newer]
      return flow
    }
    if (this.#used === this.capacity && !this.#grow()) return -1
    return this.#used++
  }

  release(flow: number): void {
    this.words[flow * FLOW_WORDS + FlowWord.status] = 0
    this.words[flow * FLOW_WORDS + FlowWord.newer] = this.#free
    this.#free = flow
  }

  #grow(): boolean {
    if (this.capacity >= this.#most) return false
    this.capacity = Math.min(this.#most, this.capacity * 2)
    // Moved, not copied: the smaller one would stay until the collector comes by, which memory outside its heap hardly hurries.
    const bytes = this.capacity * FLOW_WORDS * Int32Array.BYTES_PER_ELEMENT
    this.words = new Int32Array((this.words.buffer as ArrayBuffer).transfer(bytes))
    this.stats = new Float64Array(this.words.buffer)
    return true
  }
}
