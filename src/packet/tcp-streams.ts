/** What is known of a stream; bits of `TcpStreams.state`. */
export const StreamFlag = {
  /** `next` is set. */
  started: 1,
  /** It was told by the handshake; without, it only is where we came in. */
  anchored: 2,
  /** Its SYN was seen. */
  syn: 4,
  /** Bytes or a gap were given on. */
  delivered: 8,
  /** The other side has acknowledged; `acknowledged` is set. */
  acknowledged: 16,
  /** What waits in the queue is data of a SYN, taken or not by the receiver (RFC 7413). */
  synData: 32,
  /** A FIN was seen, be it beyond a hole. */
  finSeen: 64,
  /** All before the FIN was given on; `next` is the FIN's own number. */
  finReached: 128,
  /** Its sender has sent a RST. */
  reset: 256,
  /** The sink heard that it ended. */
  ended: 512,
  /** The sink wants no more of it. */
  ignored: 1024,
} as const

/** State of both streams of each flow, by stream: flow × 2 + the table's side that sends it. All 0 for a flow that is new. */
export class TcpStreams {
  state = new Uint16Array(0)
  /** The sequence number that comes next. */
  next = new Int32Array(0)
  /** The furthest that its receiver has acknowledged. */
  acknowledged = new Int32Array(0)
  /** Its queue of segments that wait, 0 without. */
  queue = new Int32Array(0)
  /** Segments in a row that were outside of any window. */
  strays = new Uint8Array(0)

  /** Makes room for flow indexes below `flows`. */
  growTo(flows: number): void {
    const size = flows * 2
    const { state, next, acknowledged, queue, strays } = this
    this.state = new Uint16Array(size)
    this.state.set(state)
    this.next = new Int32Array(size)
    this.next.set(next)
    this.acknowledged = new Int32Array(size)
    this.acknowledged.set(acknowledged)
    this.queue = new Int32Array(size)
    this.queue.set(queue)
    this.strays = new Uint8Array(size)
    this.strays.set(strays)
  }

  /** For the index' next flow. */
  clear(stream: number): void {
    this.state[stream] = 0
    this.next[stream] = 0
    this.acknowledged[stream] = 0
    this.queue[stream] = 0
    this.strays[stream] = 0
  }

  has(stream: number, flag: number): boolean {
    return (this.state[stream] & flag) !== 0
  }

  set(stream: number, flag: number): void {
    this.state[stream] |= flag
  }

  unset(stream: number, flag: number): void {
    this.state[stream] &= ~flag
  }

  /** How far a sequence number is ahead of the next expected one; negative when it lies before (RFC 9293 section 3.4). */
  ahead(stream: number, sequence: number): number {
    return (sequence - this.next[stream]) | 0
  }
}
