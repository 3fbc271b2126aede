import { limits } from './limits.ts'

/** Blocks of `limits.keptBytes` in which open contents keep what may have to be read again; bounded in number. */
export class KeptBlocks {
  readonly #free: Uint8Array[] = []
  #inUse = 0

  /** Undefined when all are in use. The system backs only as much of a block as is written to. */
  take(): Uint8Array | undefined {
    if (this.#inUse === limits.keptBlocks) return undefined
    this.#inUse++
    return this.#free.pop() ?? new Uint8Array(limits.keptBytes)
  }

  giveBack(block: Uint8Array): void {
    this.#inUse--
    this.#free.push(block)
  }
}
