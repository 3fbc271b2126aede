import { limits } from './limits.ts'
import { ScanError } from './scan-error.ts'

/** Unused bytes around each region, so that the kernel may read whole vectors at its edges. */
const padBytes = 64

/**
 * The memory that kernels read. It never grows, because growing would detach every view of it; what is not touched
 * costs address space only. Several scanners, one after the other, may live in one memory.
 */
export class ScanMemory {
  readonly memory: WebAssembly.Memory
  readonly #free: { address: number; sizeBytes: number }[]
  /** Up to here regions were handed out; what lies beyond is still zero and not backed by memory. */
  #touched = 0

  constructor(sizeBytes: number = limits.memoryBytes) {
    const pages = Math.ceil(sizeBytes / 65_536)
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: pages })
    this.#free = [{ address: padBytes, sizeBytes: pages * 65_536 - padBytes }]
  }

  /** True when `bytes` lies in this memory, and so can be scanned where it is. */
  owns(bytes: Uint8Array): boolean {
    return bytes.buffer === this.memory.buffer
  }

  /** A region of zeros, aligned to 16 bytes. Throws SCAN_MEMORY_EXHAUSTED. */
  allocate(sizeBytes: number): Uint8Array<ArrayBuffer> {
    const needed = spanOf(sizeBytes)
    const index = this.#free.findIndex((span) => span.sizeBytes >= needed)
    if (index < 0) {
      throw new ScanError('SCAN_MEMORY_EXHAUSTED', `No ${sizeBytes} bytes are left in the scanner's memory`, {
        nextStep: 'give it more when it is made, or release regions that are no longer used',
      })
    }
    const span = this.#free[index]
    const region = new Uint8Array(this.memory.buffer, span.address, sizeBytes)
    span.address += needed
    span.sizeBytes -= needed
    if (span.sizeBytes === 0) this.#free.splice(index, 1)
    this.#clear(region.byteOffset, region.byteOffset + needed)
    return region
  }

  /** Zeros a span, pad included: the kernel looks at the bytes beside a content. Touches nothing that is new. */
  #clear(start: number, end: number): void {
    if (start < this.#touched) new Uint8Array(this.memory.buffer).fill(0, start, Math.min(end, this.#touched))
    this.#touched = Math.max(this.#touched, end)
  }

  /** Gives a region of `allocate` back. It must not be used any more, by a scanner neither. */
  release(region: Uint8Array): void {
    this.#free.push({ address: region.byteOffset, sizeBytes: spanOf(region.length) })
    this.#free.sort((a, b) => a.address - b.address)
    for (let i = this.#free.length - 1; i > 0; i--) {
      const before = this.#free[i - 1]
      if (before.address + before.sizeBytes !== this.#free[i].address) continue
      before.sizeBytes += this.#free[i].sizeBytes
      this.#free.splice(i, 1)
    }
  }
}

function spanOf(sizeBytes: number): number {
  return ((sizeBytes + 15) & ~15) + padBytes
}
