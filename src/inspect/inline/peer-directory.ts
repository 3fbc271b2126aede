import { addressKey } from './address-key.ts'

/** Which workload or node has which address, on this machine and elsewhere. Of two that claim one the later counts. */
export class PeerDirectory {
  readonly #subjects = new Map<string, string>()
  readonly #addresses = new Map<string, string[]>()

  /** @param addresses - all that the subject has, 4 or 16 bytes in network order */
  set(subject: string, addresses: readonly Uint8Array[]): void {
    this.remove(subject)
    const keys = addresses.map(addressKey)
    this.#addresses.set(subject, keys)
    for (const key of keys) this.#subjects.set(key, subject)
  }

  remove(subject: string): void {
    for (const key of this.#addresses.get(subject) ?? []) {
      if (this.#subjects.get(key) === subject) this.#subjects.delete(key)
    }
    this.#addresses.delete(subject)
  }

  /** Id of the workload or node that has the address. */
  subjectOf(address: Uint8Array): string | undefined {
    return this.#subjects.get(addressKey(address))
  }
}
