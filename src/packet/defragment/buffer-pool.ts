/** Payload bytes that the buffers of each class hold: most datagrams are DNS and UDP of two to three fragments. */
const CAPACITIES = [4096, 16_384, 65_536] as const

/** Room in front of the payload for an IP header without options: 40 bytes of IPv6, or IPv4's 20 in its second half. */
export const payloadAt = 40

/** Where the payload of a buffer ends and its map of received units (one bit for 8 bytes) begins. */
export function mapAt(buffer: Uint8Array): number {
  return payloadAt + CAPACITIES[classOf(buffer)]
}

function sizeOf(capacity: number): number {
  return payloadAt + capacity + capacity / 64
}

function classOf(buffer: Uint8Array): number {
  return CAPACITIES.findIndex((capacity) => buffer.length === sizeOf(capacity))
}

/** Buffers for datagrams in three sizes, reused, never more than `limitBytes` in all. */
export class BufferPool {
  readonly #limitBytes: number
  readonly #free: Uint8Array[][] = CAPACITIES.map(() => [])
  #allocatedBytes = 0
  #heldBytes = 0

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes
  }

  /** Bytes of the buffers that are in use. */
  get heldBytes(): number {
    return this.#heldBytes
  }

  /** A buffer for `payloadBytes`, nothing received yet, or undefined when so much is in use that there is no room for it. */
  take(payloadBytes: number): Uint8Array | undefined {
    const wanted = CAPACITIES.findIndex((capacity) => capacity >= payloadBytes)
    const buffer = this.#free[wanted].pop() ?? this.#allocate(sizeOf(CAPACITIES[wanted]))
    if (buffer === undefined) return undefined
    this.#heldBytes += buffer.length
    buffer.fill(0, mapAt(buffer))
    return buffer
  }

  give(buffer: Uint8Array): void {
    this.#heldBytes -= buffer.length
    this.#free[classOf(buffer)].push(buffer)
  }

  /** Gives free buffers of other sizes up for it if need be. */
  #allocate(size: number): Uint8Array | undefined {
    for (const free of this.#free) {
      while (this.#allocatedBytes + size > this.#limitBytes) {
        const given = free.pop()
        if (given === undefined) break
        this.#allocatedBytes -= given.length
      }
    }
    if (this.#allocatedBytes + size > this.#limitBytes) return undefined
    this.#allocatedBytes += size
    return new Uint8Array(size)
  }
}
