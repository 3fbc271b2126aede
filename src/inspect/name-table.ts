import type { Microseconds } from '../lib/time.ts'
import { limits } from './limits.ts'

interface Entry {
  name: string
  expires: Microseconds
}

/** Addresses live on beyond their TTL: clients cache longer than they should, and a capture may lag. */
const GRACE_US = 300_000_000

/** Which name an address was given by DNS answers that were seen. Keys are address bytes as a latin-1 string. */
export class NameTable {
  readonly #entries = new Map<string, Entry>()

  learn(name: string, address: Uint8Array, ttlSeconds: number, now: Microseconds): void {
    const key = addressKey(address, 0, address.length)
    this.#entries.delete(key)
    if (this.#entries.size >= limits.namedAddresses) this.#dropOldest()
    this.#entries.set(key, { name, expires: now + ttlSeconds * 1_000_000 + GRACE_US })
  }

  lookup(address: Uint8Array, at: number, length: number, now: Microseconds): string | undefined {
    if (this.#entries.size === 0) return undefined
    const entry = this.#entries.get(addressKey(address, at, length))
    return entry !== undefined && entry.expires >= now ? entry.name : undefined
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

function addressKey(bytes: Uint8Array, at: number, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('latin1')
}
