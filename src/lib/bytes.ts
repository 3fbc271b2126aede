/** Big-endian reads without a DataView: on the packet path a DataView costs an allocation. Out of range gives NaN-free 0s. */
export function u16(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1]
}

export function u24(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2]
}

/** Unsigned 32 bits. */
export function u32(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
}

/** Signed 32 bits: cheaper than `u32` where only equality matters. */
export function i32(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]
}

/** Little-endian, 16 bits. */
export function u16le(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8)
}

/** Little-endian, unsigned 32 bits. */
export function u32le(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0
}

/**
 * Node's own readers of bytes as text, which take a start and an end: through a Buffer of the part, which has to be made first,
 * it takes twice as long. They are not in Node's documentation, but as old as it is.
 */
interface TextSlices {
  latin1Slice: (this: Uint8Array, start: number, end: number) => string
  utf8Slice: (this: Uint8Array, start: number, end: number) => string
}

const { latin1Slice, utf8Slice } = Buffer.prototype as unknown as TextSlices

/** One character a byte, for protocol tokens that are ASCII by definition. */
export function latin1(bytes: Uint8Array, start: number, end: number): string {
  return start < end ? latin1Slice.call(bytes, start, end) : ''
}

export function utf8(bytes: Uint8Array, start: number, end: number): string {
  return start < end ? utf8Slice.call(bytes, start, end) : ''
}

/** Up to here a loop is faster than a call out of JavaScript. */
const SHORT_COPY_BYTES = 48

/** Copies `from[start, end)` to `to[at…]` without making a view of the part, which would be garbage of every call. */
export function copyBytes(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): void {
  if (end - start > SHORT_COPY_BYTES) Buffer.prototype.copy.call(from, to, at, start, end)
  else for (let i = start, j = at; i < end; i++, j++) to[j] = from[i]
}
