import type { FlowRecord, Side } from '../model/records.ts'
import { enforcerLimits } from './limits.ts'

/**
 * Addresses of a namespace: those that its engine told, and those that its interfaces have. Often they come only after
 * the namespace, so they are looked up again, now and then, when a flow is at none of them.
 */
export class OwnAddresses {
  readonly #look: () => string[]
  #told: readonly string[]
  #found: readonly string[] = []
  #nextLook = -Infinity

  /** @param look addresses of the interfaces; may throw */
  constructor(told: readonly string[], look: () => string[]) {
    this.#told = told
    this.#look = look
  }

  tell(addresses: readonly string[]): void {
    this.#told = addresses
  }

  /**
   * Where this namespace stands in a flow. Where both ends are its own, as over the loopback, it is the client.
   * @param now in ms, of any clock that only goes forwards
   */
  sideOf(flow: FlowRecord, now: number): Side {
    const side = this.#sideOf(flow)
    if (side !== 'transit' || now < this.#nextLook) return side
    this.#nextLook = now + enforcerLimits.addressLookMs
    return this.#lookAgain() ? this.#sideOf(flow) : side
  }

  /** Those of its interfaces, as far as they were looked up. */
  get found(): readonly string[] {
    return this.#found
  }

  #sideOf({ client, server }: FlowRecord): Side {
    if (this.#isOwn(client.address)) return 'client'
    return this.#isOwn(server.address) || isForMany(server.address) ? 'server' : 'transit'
  }

  #isOwn(address: string): boolean {
    return this.#told.includes(address) || this.#found.includes(address) || isLoopback(address)
  }

  /** True when they have changed. */
  #lookAgain(): boolean {
    try {
      const found = this.#look()
      if (found.join() === this.#found.join()) return false
      this.#found = found
      return true
    } catch {
      return false // The namespace ends; what is left in its rings is still read.
    }
  }
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** Multicast (RFC 5771, RFC 4291 section 2.7) and the limited broadcast (RFC 919): whoever sees it may be meant. */
function isForMany(address: string): boolean {
  if (address.includes(':')) return address.startsWith('ff') && address.indexOf(':') === 4
  const first = Number.parseInt(address, 10)
  return (first >= 224 && first <= 239) || address === '255.255.255.255'
}
