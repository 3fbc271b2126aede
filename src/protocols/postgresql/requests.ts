import type { Formats } from './columns.ts'
import { limits } from './limits.ts'
import type { Statement } from './statements.ts'

/** What a client asks that the server answers. */
export const Request = {
  none: 0,
  parse: 1,
  bind: 2,
  describeStatement: 3,
  describePortal: 4,
  execute: 5,
  close: 6,
  sync: 7,
  /** A simple query; the start-up packet is answered in the same way, up to ReadyForQuery. */
  query: 8,
  functionCall: 9,
} as const
export type Request = (typeof Request)[keyof typeof Request]

/** Whether the server answers it with ReadyForQuery. */
export function endsTurn(request: Request): boolean {
  return request >= Request.sync
}

const FIRST = 16

/** Requests that are not answered yet, in order: a ring that grows up to `limits.requests`. */
export class RequestQueue {
  length = 0
  #head = 0
  #kinds: Request[] = Array.from({ length: FIRST }, () => Request.none)
  #statements: (Statement | undefined)[] = Array.from({ length: FIRST })
  #formats: (Formats | undefined)[] = Array.from({ length: FIRST })

  /** The request that is answered now; `none` where there is none. */
  get kind(): Request {
    return this.length > 0 ? this.#kinds[this.#head] : Request.none
  }

  get statement(): Statement | undefined {
    return this.length > 0 ? this.#statements[this.#head] : undefined
  }

  set statement(statement: Statement | undefined) {
    if (this.length > 0) this.#statements[this.#head] = statement
  }

  get formats(): Formats | undefined {
    return this.length > 0 ? this.#formats[this.#head] : undefined
  }

  /** False where there is no room. */
  push(kind: Request, statement: Statement | undefined, formats: Formats | undefined): boolean {
    if (this.length === limits.requests) return false
    if (this.length === this.#kinds.length) this.#grow()
    const at = (this.#head + this.length++) & (this.#kinds.length - 1)
    this.#kinds[at] = kind
    this.#statements[at] = statement
    this.#formats[at] = formats
    return true
  }

  shift(): void {
    this.#statements[this.#head] = undefined
    this.#formats[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#kinds.length - 1)
    this.length--
  }

  /** Removes the request behind the first one where it is a `kind`. */
  dropSecond(kind: Request): boolean {
    const second = (this.#head + 1) & (this.#kinds.length - 1)
    if (this.length < 2 || this.#kinds[second] !== kind) return false
    this.#kinds[second] = this.#kinds[this.#head]
    this.#statements[second] = this.#statements[this.#head]
    this.#formats[second] = this.#formats[this.#head]
    this.shift()
    return true
  }

  #grow(): void {
    this.#kinds = this.#unrolled(this.#kinds, Request.none)
    this.#statements = this.#unrolled(this.#statements, undefined)
    this.#formats = this.#unrolled(this.#formats, undefined)
    this.#head = 0
  }

  /** The ring from its head on, with as much room again. */
  #unrolled<T>(ring: readonly T[], empty: T): T[] {
    const unrolled = [...ring.slice(this.#head), ...ring.slice(0, this.#head)]
    for (let i = ring.length; i > 0; i--) unrolled.push(empty)
    return unrolled
  }
}
