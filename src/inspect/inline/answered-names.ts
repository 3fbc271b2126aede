import type { Microseconds } from '../../lib/time.ts'
import { addressKey } from './address-key.ts'
import { limits } from './limits.ts'

/** What a DNS answer says. */
export interface NameAnswer {
  name: string
  /** 4 or 16 bytes in network order. */
  address: Uint8Array
  ttlSeconds: number
}

interface AnsweredName {
  name: string
  expires: Microseconds
}

/**
 * Names that DNS answers gave to addresses, in each network apart: what one workload was answered says nothing of another. Several
 * partners may share an address, so each has all of its names.
 */
export class AnsweredNames {
  readonly #names = new Map<string, AnsweredName[]>()

  /** It counts for `limits.nameFloorUs` at the least. */
  learn(network: number, { name, address, ttlSeconds }: NameAnswer, now: Microseconds): void {
    const key = networkKey(network, address)
    const expires = now + Math.max(limits.nameFloorUs, ttlSeconds * 1_000_000)
    const known = this.#names.get(key) ?? []
    this.#names.delete(key)
    if (this.#names.size >= limits.namedAddresses) this.#dropOldest()
    this.#names.set(key, withName(known, { name, expires }))
  }

  /** Names that the address had at a time. */
  of(network: number, address: Uint8Array, time: Microseconds): string[] {
    if (this.#names.size === 0) return []
    const known = this.#names.get(networkKey(network, address)) ?? []
    return known.filter(({ expires }) => expires >= time).map(({ name }) => name)
  }

  #dropOldest(): void {
    for (const key of this.#names.keys()) {
      this.#names.delete(key)
      return
    }
  }
}

/** Of too many the one answered longest ago goes; those that have expired are kept for connections that were made before. */
function withName(known: readonly AnsweredName[], { name, expires }: AnsweredName): AnsweredName[] {
  const others = known.filter((each) => each.name !== name)
  const same = known.find((each) => each.name === name)
  const latest = Math.max(expires, same?.expires ?? 0)
  return [...others.slice(-(limits.namesPerAddress - 1)), { name, expires: latest }]
}

function networkKey(network: number, address: Uint8Array): string {
  return `${network} ${addressKey(address)}`
}
