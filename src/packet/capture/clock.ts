import type { Packet } from '../packet.ts'

/** Two to the 32nd: what the upper word of a 64-bit count stands for. */
const WORD = 0x1_0000_0000

/** Beyond picoseconds a word's remainder no longer fits in a double, and BigInt takes over. */
const FINEST_EXACT = 12

/**
 * The clock of one pcapng interface: turns its 64-bit ticks into microseconds, without rounding for any decimal
 * resolution down to picoseconds. Allocates only for binary or still finer resolutions, which nothing common writes.
 */
export class InterfaceClock {
  readonly #resolution: number
  readonly #offsetSeconds: number
  readonly #factor: number

  /**
   * `resolution` is the if_tsresol octet: the negative power of 10, or of 2 with the top bit set (default 6).
   * `offsetSeconds` is if_tsoffset.
   */
  constructor(resolution = 6, offsetSeconds = 0) {
    this.#resolution = resolution
    this.#offsetSeconds = offsetSeconds
    this.#factor = 10 ** Math.abs(6 - resolution)
  }

  /** Sets `time` and `nanoseconds` of `packet` from the two words of a timestamp. */
  set(packet: Packet, high: number, low: number): void {
    packet.nanoseconds = 0
    if (this.#resolution <= 6) packet.time = (high * WORD + low) * this.#factor
    else if (this.#resolution <= FINEST_EXACT) this.#divide(packet, high, low)
    else this.#setRare(packet, high, low)
    if (this.#offsetSeconds !== 0) packet.time += this.#offsetSeconds * 1e6
  }

  /** Schoolbook division, a word at a time: the count itself is beyond what a double holds exactly. */
  #divide(packet: Packet, high: number, low: number): void {
    const factor = this.#factor
    const rest = (high % factor) * WORD + low
    packet.time = Math.floor(high / factor) * WORD + Math.floor(rest / factor)
    packet.nanoseconds = Math.floor(((rest % factor) * 1000) / factor)
  }

  #setRare(packet: Packet, high: number, low: number): void {
    const ticks = (BigInt(high) << 32n) | BigInt(low)
    const power = BigInt(this.#resolution & 0x7f)
    const perSecond = this.#resolution & 0x80 ? 1n << power : 10n ** power
    const nanoseconds = (ticks * 1_000_000_000n) / perSecond
    packet.time = Number(nanoseconds / 1000n)
    packet.nanoseconds = Number(nanoseconds % 1000n)
  }
}
