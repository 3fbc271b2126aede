import { copyBytes } from '../lib/bytes.ts'
import { headersEnd } from '../packet/headers-end.ts'
import type { Packet } from '../packet/packet.ts'
import { PcapngWriter } from '../packet/capture/pcapng-writer.ts'

/** A pcapng file that is written and handed on in pieces. */
export class CaptureFile {
  /** Packets, and bytes of the file so far. */
  packets = 0
  bytes = 0
  readonly #writer: PcapngWriter
  readonly #interfaces = new Map<number, number>()
  readonly #name: string
  readonly #headersOnly: boolean
  #waiting: Uint8Array
  #used = 0

  /** @param name of the interface; @param comments what the file is about */
  constructor(options: { name: string; comments: string[]; headersOnly: boolean; partBytes: number }) {
    const { name, comments, headersOnly, partBytes } = options
    this.#waiting = new Uint8Array(partBytes)
    this.#headersOnly = headersOnly
    this.#name = name
    this.#writer = new PcapngWriter(
      { write: (bytes, start, end) => this.#write(bytes, start, end) },
      { application: 'Pavise', comments },
    )
  }

  /** Bytes that are written and not taken. */
  get waiting(): number {
    return this.#used
  }

  /** Takes a packet, as it was decoded where only its headers are to be kept. */
  packet(packet: Packet): void {
    const { interfaceId, end, linkType } = packet
    const known = this.#interfaces.get(linkType)
    packet.interfaceId = known ?? this.#writer.addInterface({ linkType, name: this.#name })
    if (known === undefined) this.#interfaces.set(linkType, packet.interfaceId)
    if (this.#headersOnly) packet.end = headersEnd(packet)
    this.#writer.packet(packet)
    packet.end = end
    packet.interfaceId = interfaceId
    this.packets++
  }

  /** What is written since it was taken last. */
  take(): Uint8Array {
    const taken = this.#waiting.slice(0, this.#used)
    this.#used = 0
    return taken
  }

  #write(bytes: Uint8Array, start: number, end: number): void {
    const needed = this.#used + end - start
    if (needed > this.#waiting.length) this.#grow(needed)
    copyBytes(bytes, start, end, this.#waiting, this.#used)
    this.#used = needed
    this.bytes += end - start
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, 2 * this.#waiting.length))
    larger.set(this.#waiting.subarray(0, this.#used))
    this.#waiting = larger
  }
}
