import { enforcerLimits } from './limits.ts'

const { blockBytes, blocks, ringBytes, ringShare } = enforcerLimits

/**
 * How large the rings of a namespace are: each takes a share of what is left, so that few workloads get rings that
 * ride out bursts, and many get small ones.
 */
export class RingBudget {
  readonly #workers: number
  readonly #taken = new Map<number, number>()
  #usedBytes = 0

  constructor(workers: number) {
    this.#workers = workers
  }

  /** Blocks of each worker's ring. */
  take(network: number): number {
    const shareBytes = (ringBytes - this.#usedBytes) * ringShare
    const fitting = Math.floor(shareBytes / (blockBytes * this.#workers))
    const count = Math.min(blocks.most, Math.max(blocks.least, fitting))
    const usedBytes = count * blockBytes * this.#workers
    this.#taken.set(network, usedBytes)
    this.#usedBytes += usedBytes
    return count
  }

  giveBack(network: number): void {
    this.#usedBytes -= this.#taken.get(network) ?? 0
    this.#taken.delete(network)
  }
}
