/** Wire types of the encoding (protobuf.dev, "Encoding"). */
export const WireType = {
  varint: 0,
  fixed64: 1,
  /** Text, bytes, a message or packed numbers, behind their length. */
  length: 2,
  startGroup: 3,
  endGroup: 4,
  fixed32: 5,
} as const

/** Longest variable-length integer of 64 bits. */
export const varintBytes = 10

/**
 * Whether `bytes[start, end)`, which begin something of `length` bytes, are a message as far as they go. Text often happens to
 * be, for a while: where all that is there is printable, it is a message only if it consists of nothing but fields with a
 * length, which text hardly ever does.
 */
export function isMessage(bytes: Uint8Array, start: number, end: number, length: number): boolean {
  const shape = new Shape(bytes, start, end)
  if (end === start || !shape.read(length)) return false
  return shape.hasOnlyLengths || !isText(bytes, start, end)
}

class Shape {
  hasOnlyLengths = true
  readonly #bytes: Uint8Array
  readonly #start: number
  readonly #end: number
  #at: number
  #groups = 0
  /** Of the integer read last; -1 where it goes on behind the end, -2 where it is none. */
  #integer = 0

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes
    this.#start = start
    this.#end = end
    this.#at = start
  }

  read(length: number): boolean {
    while (this.#at < this.#end) {
      if (!this.#readField()) return false
      if (this.#at - this.#start > length) return false
      // What is cut off at the end may go on rightly.
      if (this.#integer === -1) return this.#end - this.#start < length
    }
    return this.#end - this.#start < length || this.#groups === 0
  }

  #readField(): boolean {
    const tag = this.#readInteger()
    if (tag === -1) return true
    const field = Math.floor(tag / 8)
    if (tag < 0 || field === 0 || field >= 2 ** 29) return false
    const type = tag % 8
    if (type === WireType.length) return this.#skipLength()
    this.hasOnlyLengths = false
    if (type === WireType.varint) return this.#readInteger() > -2
    if (type === WireType.fixed64) this.#at += 8
    else if (type === WireType.fixed32) this.#at += 4
    else if (type === WireType.startGroup) this.#groups++
    else if (type === WireType.endGroup) return --this.#groups >= 0
    else return false
    return true
  }

  #skipLength(): boolean {
    const length = this.#readInteger()
    if (length >= 0) this.#at += length
    return length > -2
  }

  #readInteger(): number {
    let value = 0
    let scale = 1
    for (let i = 0; i < varintBytes; i++) {
      if (this.#at >= this.#end) return (this.#integer = -1)
      const c = this.#bytes[this.#at++]
      value += (c & 0x7f) * scale
      scale *= 128
      if (c < 0x80) return (this.#integer = value)
    }
    return (this.#integer = -2)
  }
}

/** Printable bytes, white space and everything beyond ASCII. */
function isText(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const c = bytes[i]
    if (c === 0x7f || (c < 0x20 && c !== 0x09 && c !== 0x0a && c !== 0x0d)) return false
  }
  return true
}
