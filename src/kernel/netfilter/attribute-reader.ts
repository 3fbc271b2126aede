const HEADER_BYTES = 4
/** `linux/netlink.h`: `NLA_TYPE_MASK`, without the bits for nesting and byte order. */
const TYPE_MASK = 0x3fff

/** The payload of the first attribute of a type, among attributes one after the other; undefined where there is none. */
export function findAttribute(attributes: Uint8Array, type: number): Uint8Array | undefined {
  const view = new DataView(attributes.buffer, attributes.byteOffset, attributes.byteLength)
  for (let at = 0; at + HEADER_BYTES <= view.byteLength;) {
    const length = view.getUint16(at, true)
    if (length < HEADER_BYTES || at + length > view.byteLength) return undefined
    if ((view.getUint16(at + 2, true) & TYPE_MASK) === type)
      return attributes.subarray(at + HEADER_BYTES, at + length)
    at += (length + 3) & ~3
  }
  return undefined
}
