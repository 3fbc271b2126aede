/** Addresses, and names of each, that are kept. */
const MAX_ADDRESSES = 65_536
const MAX_NAMES = 8
const none: readonly string[] = []

/** Names that DNS answers of a capture gave to addresses: several, where partners share one. */
export class SeenNames {
  readonly #names = new Map<string, readonly string[]>()

  learn(address: string, name: string): void {
    const known = this.of(address)
    if (known.includes(name) || known.length >= MAX_NAMES) return
    if (known.length === 0 && this.#names.size >= MAX_ADDRESSES) this.#dropOldest()
    this.#names.set(address, [...known, name])
  }

  of(address: string): readonly string[] {
    return this.#names.get(address) ?? none
  }

  #dropOldest(): void {
    for (const address of this.#names.keys()) {
      this.#names.delete(address)
      return
    }
  }
}
