import { FLOW_WORDS, FlowWord, type FlowRecords } from './flow-records.ts'

/** What is known of a stream; bits of `TcpStreams`. */
export const StreamFlag = {
  /** `next` is known. */
  started: 1,
  /** It was told by the handshake; without, it only is where we came in. */
  anchored: 2,
  /** Its SYN was seen. */
  syn: 4,
  /** Bytes or a gap were given on. */
  delivered: 8,
  /** The other side has acknowledged; `acknowledged` is known. */
  acknowledged: 16,
  /** What waits in the queue is data of a SYN, taken or not by the receiver (RFC 7413). */
  synData: 32,
  /** A FIN was seen, be it beyond a hole. */
  finSeen: 64,
  /** All before the FIN was given on; `next` is the FIN's own number. */
  finReached: 128,
  /** Its sender has sent a RST. */
  reset: 256,
  /** And nothing was missing before the RST: new data can only come after it. */
  resetReached: 512,
  /** The sink heard that it ended. */
  ended: 1024,
  /** The sink wants no more of it. */
  ignored: 2048,
} as const

const Word = { next: 0, acknowledged: 1, queue: 2, state: 3 } as const

/** Above the flags, a count. */
const STRAY = 1 << 16

/**
 * State of both streams of each flow, by stream: flow × 2 + the table's side that sends it. It lies in the flows'
 * records, all 0 for a flow that is new. Sequence numbers are kept as signed words.
 */
export class TcpStreams {
  readonly #records: FlowRecords

  constructor(records: FlowRecords) {
    this.#records = records
  }

  /** The sequence number that comes next. */
  next(stream: number): number {
    return this.#records.words[at(stream) + Word.next]
  }

  setNext(stream: number, sequence: number): void {
    this.#records.words[at(stream) + Word.next] = sequence
  }

  /** The furthest that its receiver has acknowledged. */
  acknowledged(stream: number): number {
    return this.#records.words[at(stream) + Word.acknowledged]
  }

  setAcknowledged(stream: number, sequence: number): void {
    this.#records.words[at(stream) + Word.acknowledged] = sequence
  }

  /** Its queue of segments that wait, 0 without. */
  queue(stream: number): number {
    return this.#records.words[at(stream) + Word.queue]
  }

  setQueue(stream: number, queue: number): void {
    this.#records.words[at(stream) + Word.queue] = queue
  }

  /** Flags, and whatever stands above them. */
  state(stream: number): number {
    return this.#records.words[at(stream) + Word.state]
  }

  has(stream: number, flag: number): boolean {
    return (this.state(stream) & flag) !== 0
  }

  set(stream: number, flag: number): void {
    this.#records.words[at(stream) + Word.state] |= flag
  }

  unset(stream: number, flag: number): void {
    this.#records.words[at(stream) + Word.state] &= ~flag
  }

  /** Segments in a row that were outside of any window, this one included. */
  countStray(stream: number): number {
    this.#records.words[at(stream) + Word.state] += STRAY
    return Math.trunc(this.state(stream) / STRAY)
  }

  clearStrays(stream: number): void {
    if (this.state(stream) >= STRAY) this.#records.words[at(stream) + Word.state] &= STRAY - 1
  }

  /** How far a sequence number is ahead of the next expected one; negative when it lies before (RFC 9293 section 3.4). */
  ahead(stream: number, sequence: number): number {
    return (sequence - this.next(stream)) | 0
  }
}

function at(stream: number): number {
  return (stream >> 1) * FLOW_WORDS + FlowWord.streams + (stream & 1) * 4
}
