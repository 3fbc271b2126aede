import { limits } from './limits.ts'

/** What a response has to know of its request, as bits. */
export const Exchange = { plain: 0, head: 1, connect: 2, upgrade: 4, simple: 8 } as const

/** The request was not seen. */
export const UNPAIRED = -1

/** Requests that wait for their response, in the order in which they were sent (RFC 9112 section 9.3.2). */
export class Exchanges {
  #count = 0
  #first = 0
  /** All but the first, from `#next` on; most connections never need it. */
  #rest: number[] | undefined
  #next = 0

  get count(): number {
    return this.#count
  }

  /** False when too many wait: pairing begins anew. */
  push(exchange: number): boolean {
    if (this.#count === 0) {
      this.#first = exchange
    } else if (this.#count > limits.pipelined) {
      this.clear()
      return false
    } else {
      this.#rest ??= []
      this.#rest.push(exchange)
    }
    this.#count++
    return true
  }

  /** The request that the next response belongs to, `UNPAIRED` when it was not seen. */
  get first(): number {
    return this.#count === 0 ? UNPAIRED : this.#first
  }

  pop(): number {
    if (this.#count === 0) return UNPAIRED
    const exchange = this.#first
    this.#count--
    if (this.#rest !== undefined && this.#count > 0) this.#advance(this.#rest)
    return exchange
  }

  /** As one that was just made. */
  get isClear(): boolean {
    return this.#count === 0 && this.#next === 0 && (this.#rest === undefined || this.#rest.length === 0)
  }

  clear(): void {
    this.#count = 0
    this.#rest = undefined
    this.#next = 0
  }

  #advance(rest: number[]): void {
    this.#first = rest[this.#next++]
    if (this.#next === rest.length || this.#next > limits.pipelined) {
      rest.splice(0, this.#next)
      this.#next = 0
    }
  }
}
