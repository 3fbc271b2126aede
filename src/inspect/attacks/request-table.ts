import type { RequestState } from './request-state.ts'

/** Requests under way: one for a flow, or one for each of its messages where those interleave (those have an id above 0). */
export class RequestTable {
  readonly #single: (RequestState | undefined)[] = []
  readonly #interleaved = new Map<number, Map<number, RequestState>>()

  get(flow: number, message: number): RequestState | undefined {
    return message === 0 ? this.#single[flow] : this.#interleaved.get(flow)?.get(message)
  }

  set(flow: number, message: number, state: RequestState): void {
    if (message === 0) {
      this.#single[flow] = state
      return
    }
    const states = this.#interleaved.get(flow)
    if (states === undefined) this.#interleaved.set(flow, new Map([[message, state]]))
    else states.set(message, state)
  }

  delete(flow: number, message: number): void {
    if (message === 0) {
      this.#single[flow] = undefined
      return
    }
    const states = this.#interleaved.get(flow)
    states?.delete(message)
    if (states?.size === 0) this.#interleaved.delete(flow)
  }

  /** Messages of a flow whose requests are under way. */
  messagesOf(flow: number): number[] {
    const single = this.#single[flow] === undefined ? [] : [0]
    return [...single, ...(this.#interleaved.get(flow)?.keys() ?? [])]
  }
}
