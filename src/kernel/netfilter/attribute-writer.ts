const HEADER_BYTES = 4
const ALIGNMENT = 4
/** `linux/netlink.h`: `NLA_F_NESTED`. */
const NESTED = 0x8000
const encoder = new TextEncoder()

/**
 * Netlink messages and their attributes (`linux/netlink.h`, `struct nlattr`) one after the other in a buffer that grows.
 * Numbers inside attributes of netfilter are in network order, lengths and types in the machine's, which is little-endian
 * wherever Node runs.
 */
export class AttributeWriter {
  #bytes = new Uint8Array(4096)
  #view = new DataView(this.#bytes.buffer)
  length = 0

  /** What has been written; valid until more is. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.length)
  }

  u8(type: number, value: number): void {
    this.#attribute(type, 1, (at) => this.#view.setUint8(at, value))
  }

  u16(type: number, value: number): void {
    this.#attribute(type, 2, (at) => this.#view.setUint16(at, value, false))
  }

  u32(type: number, value: number): void {
    this.#attribute(type, 4, (at) => this.#view.setUint32(at, value, false))
  }

  u64(type: number, value: bigint): void {
    this.#attribute(type, 8, (at) => this.#view.setBigUint64(at, value, false))
  }

  /** With the NUL that ends it. */
  string(type: number, text: string): void {
    const bytes = encoder.encode(text)
    this.#attribute(type, bytes.length + 1, (at) => this.#bytes.set(bytes, at))
  }

  data(type: number, bytes: Uint8Array): void {
    this.#attribute(type, bytes.length, (at) => this.#bytes.set(bytes, at))
  }

  /** An attribute that consists of those that `body` writes. */
  nested(type: number, body: () => void): void {
    const start = this.length
    this.#attribute(type | NESTED, 0, () => undefined)
    body()
    this.#view.setUint16(start, this.length - start, true)
  }

  /** `length` bytes of zero, aligned, that the caller fills by `at`. Returns where they begin. */
  reserve(length: number): number {
    const start = this.length
    const end = start + Math.ceil(length / ALIGNMENT) * ALIGNMENT
    if (end > this.#bytes.length) this.#grow(end)
    this.length = end
    return start
  }

  /** The buffer as it is now. */
  get at(): DataView {
    return this.#view
  }

  #attribute(type: number, length: number, fill: (at: number) => void): void {
    const start = this.reserve(HEADER_BYTES + length)
    this.#view.setUint16(start, HEADER_BYTES + length, true)
    this.#view.setUint16(start + 2, type, true)
    fill(start + HEADER_BYTES)
  }

  #grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.#bytes.length * 2))
    larger.set(this.bytes)
    this.#bytes = larger
    this.#view = new DataView(larger.buffer)
  }
}
