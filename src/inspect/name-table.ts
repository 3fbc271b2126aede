import type { Microseconds } from '../lib/time.ts'
import { limits } from './limits.ts'

interface Entry {
  name: string
  expires: Microseconds
}

/** Addresses live on beyond their TTL: clients cache longer than they should, and a capture may lag. */
const GRACE_US = 300_000_000

/**
 * Which name an address was given by DNS answers that were seen. What is answered in one network says nothing of
 * another: views differ, and a workload may forge the answers that it gets itself. Keys are the network's id and the
 * address bytes as a latin-1 string.
 */
export class NameTable {
  readonly #entries = new Map<string, Entry>()

  /** Returns whether that was news: another name than before, or none before. */
  learn(network: number, name: string, address: Uint8Array, expires: Microseconds): boolean {
    const key = entryKey(network, address)
    const known = this.#entries.get(key)
    this.#entries.delete(key)
    if (this.#entries.size >= limits.namedAddresses) this.#dropOldest()
    this.#entries.set(key, { name, expires })
    return known?.name !== name
  }

  lookup(network: number, address: Uint8Array, now: Microseconds): string | undefined {
    if (this.#entries.size === 0) return undefined
    const entry = this.#entries.get(entryKey(network, address))
    return entry !== undefined && entry.expires + GRACE_US >= now ? entry.name : undefined
  }

  get size(): number {
    return this.#entries.size
  }

  #dropOldest(): void {
    for (const key of this.#entries.keys()) {
      this.#entries.delete(key)
      return
    }
  }
}

function entryKey(network: number, address: Uint8Array): string {
  const { buffer, byteOffset, length } = address
  return `${network} ${Buffer.from(buffer, byteOffset, length).toString('latin1')}`
}
