import { Direction } from '../../model/direction.ts'
import { Anomaly } from './anomalies.ts'
import type { BodyOwner } from './body.ts'
import { Body } from './body.ts'
import { ChunkedFraming } from './chunked.ts'
import type { FieldSection } from './field-section.ts'
import { Framing, bodyCodings } from './framing.ts'
import { limits } from './limits.ts'
import type { MediaType } from './media-type.ts'

/** How far a body is read. `broken`: where it ends cannot be told any more. */
export const BodyState = { open: 0, ended: 1, trailers: 2, broken: 3 } as const
export type BodyState = (typeof BodyState)[keyof typeof BodyState]

/** Finds where a message's body ends (RFC 9112 section 6) and hands its content on. */
export class BodyReader {
  state: BodyState = BodyState.ended
  #owner: BodyOwner | undefined
  #direction: Direction = Direction.toServer
  #framing: Framing = Framing.none
  /** Bytes that are still to come of a body delimited by its length. */
  #remaining = 0
  readonly #chunks = new ChunkedFraming()
  #body: Body | undefined

  /** To be given back by `close` or `abandon`. */
  static open(owner: BodyOwner, direction: Direction): BodyReader {
    const reader = FREE.pop() ?? new BodyReader()
    reader.#owner = owner
    reader.#direction = direction
    return reader
  }

  begin(framing: Framing, declared: MediaType, fields: FieldSection): void {
    this.state = BodyState.open
    this.#framing = framing
    this.#remaining = fields.contentLength
    if (this.#owner !== undefined) this.#body = this.#open(this.#owner, declared, fields)
    if (framing === Framing.chunked) this.#chunks.begin()
  }

  #open(owner: BodyOwner, declared: MediaType, fields: FieldSection): Body {
    if (declared.anomaly !== undefined) owner.anomaly(declared.anomaly)
    const codings = bodyCodings(fields)
    if (typeof codings !== 'string') return Body.open(owner, this.#direction, declared, codings)
    owner.anomaly(codings === 'layers' ? Anomaly.encodingLayers : Anomaly.encodingUnsupported)
    return Body.open(owner, this.#direction, declared, [])
  }

  /** Reads on until the input ends or `state` changes; returns where it stopped. */
  read(bytes: Uint8Array, start: number, end: number): number {
    const body = this.#body
    if (body === undefined) return start
    if (this.#framing === Framing.chunked) return this.#readChunks(body, bytes, start, end)
    const isLength = this.#framing === Framing.length
    const i = isLength ? Math.min(end, start + this.#remaining) : end
    body.write(bytes, start, i, isLength && i - start === this.#remaining)
    this.#take(i - start)
    return i
  }

  #readChunks(body: Body, bytes: Uint8Array, start: number, end: number): number {
    const chunks = this.#chunks
    if (this.#owner === undefined) return start
    const i = chunks.read(bytes, start, end, body, this.#owner)
    if (chunks.isBroken) this.#end(BodyState.broken, false)
    else if (chunks.isLast) this.#end(BodyState.trailers, true)
    return i
  }

  #take(length: number): void {
    if (this.#framing !== Framing.length) return
    this.#remaining -= length
    if (this.#remaining === 0) this.#end(BodyState.ended, true)
  }

  /** `length` bytes were lost; false when more than the body was, or what delimits it. */
  gap(length: number): boolean {
    if (!this.#holds(length)) return false
    this.#owner?.anomaly(Anomaly.bodyGap)
    this.#body?.gap()
    if (this.#framing === Framing.chunked) this.#chunks.skip(length)
    else this.#take(length)
    return true
  }

  #holds(length: number): boolean {
    if (this.#framing === Framing.untilClose) return true
    // A length of 0 means that nobody knows it.
    return (
      length > 0 && length <= (this.#framing === Framing.length ? this.#remaining : this.#chunks.remaining)
    )
  }

  /** The direction ends here: whole only for a body that is delimited by that. */
  close(): void {
    this.#end(BodyState.ended, this.#framing === Framing.untilClose)
    this.#release()
  }

  /** The rest of the body, if there is any, will not be read. */
  abandon(): void {
    this.#end(BodyState.ended, false)
    this.#release()
  }

  #release(): void {
    if (this.#owner === undefined) return
    this.#owner = undefined
    if (FREE.length < limits.pooled) FREE.push(this)
  }

  #end(state: BodyState, complete: boolean): void {
    this.state = state
    this.#body?.end(complete)
    this.#body = undefined
  }
}

const FREE: BodyReader[] = []
