import { storeLimits } from '../limits.ts'

/**
 * How many rows to look at next, so that a question costs a bounded time on whatever machine: twice as many as before, and no more than
 * there is time for by how long the last took. Begins with the first window.
 */
export class ScanPace {
  size: number
  readonly #until: number
  #began = performance.now()

  /** @param until when it has to end, on the clock of `performance.now` */
  constructor(firstWindow: number, until: number) {
    this.size = firstWindow
    this.#until = until
  }

  /** To be called after each window. False where there is no time for another one. */
  next(): boolean {
    const now = performance.now()
    const { scanWindowRows: least, scanWindowRowsMost: most } = storeLimits
    const affordable = (this.size * (this.#until - now)) / Math.max(0.01, now - this.#began)
    this.size = Math.floor(Math.min(this.size * 2, most, affordable))
    this.#began = now
    return this.size >= least
  }

  /** Begins anew with a small window: what is looked for is near. */
  restart(): void {
    this.size = storeLimits.scanWindowRows
    this.#began = performance.now()
  }
}
