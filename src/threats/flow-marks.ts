/** What is remembered of a flow, as bits. */
export const Mark = {
  /** Its SYN is counted as half-open. */
  halfOpen: 1 << 0,
  /** It is counted as an ACK of no connection. */
  stray: 1 << 1,
  /** And the higher of the flow's two ends sent it. */
  strayIsHigh: 1 << 5,
  /** An end has sent payload: the client, the server. */
  clientData: 1 << 2,
  serverData: 1 << 3,
  /** It is counted as one of its client's connections. */
  session: 1 << 4,
  /** Its handshake was completed. */
  completed: 1 << 6,
  /** It is counted as slow: its request, its window. */
  slowRequest: 1 << 7,
  smallWindow: 1 << 8,
  /** The server spoke first; an end greeted as SSH does; the client asked as HTTP does. */
  greeted: 1 << 9,
  ssh: 1 << 10,
  http: 1 << 11,
} as const

/**
 * Columns beside the flow table, by its indexes. They grow with it, and with nothing else; those that few flows have a use for, which begin
 * with `echo` and `window`, are empty until one has.
 */
export class FlowMarks {
  bits = new Uint16Array(0)
  /** When the request at hand began, and its bytes so far. */
  requestSince = new Float64Array(0)
  requestBytes = new Float32Array(0)
  /** Sequence number and hash of the payload of the last echo request of ICMP; how many replies differed. */
  echoSequence = new Int32Array(0)
  echoPayload = new Int32Array(0)
  echoDiffering = new Uint8Array(0)
  /** Since when the client's window is small: 0 where it is not. */
  windowSince = new Float64Array(0)

  /** A flow begins under this index. */
  begin(flow: number, capacity: number): void {
    if (flow >= this.bits.length) this.#grow(capacity)
    this.bits[flow] = 0
    this.requestSince[flow] = 0
    if (this.windowSince.length > 0) this.windowSince[flow] = 0
    if (this.echoSequence.length === 0) return
    this.echoDiffering[flow] = 0
    this.echoSequence[flow] = -1
  }

  /** Before something is written to the columns that begin with `echo`. */
  takeEchoes(): void {
    if (this.echoSequence.length > 0) return
    this.#growEchoes(this.bits.length)
    this.echoSequence.fill(-1)
  }

  /** Before something is written to `windowSince`. */
  takeWindows(): void {
    if (this.windowSince.length === 0) this.windowSince = new Float64Array(this.bits.length)
  }

  has(flow: number, mark: number): boolean {
    return (this.bits[flow] & mark) !== 0
  }

  set(flow: number, mark: number): void {
    this.bits[flow] |= mark
  }

  clear(flow: number, mark: number): void {
    this.bits[flow] &= ~mark
  }

  #grow(capacity: number): void {
    this.bits = moved(this.bits, new Uint16Array(capacity))
    this.requestSince = moved(this.requestSince, new Float64Array(capacity))
    this.requestBytes = moved(this.requestBytes, new Float32Array(capacity))
    if (this.windowSince.length > 0) this.windowSince = moved(this.windowSince, new Float64Array(capacity))
    if (this.echoSequence.length > 0) this.#growEchoes(capacity)
  }

  #growEchoes(capacity: number): void {
    this.echoSequence = moved(this.echoSequence, new Int32Array(capacity))
    this.echoPayload = moved(this.echoPayload, new Int32Array(capacity))
    this.echoDiffering = moved(this.echoDiffering, new Uint8Array(capacity))
  }
}

function moved<Column extends { set(from: ArrayLike<number>): void }>(
  from: ArrayLike<number>,
  to: Column,
): Column {
  to.set(from)
  return to
}
