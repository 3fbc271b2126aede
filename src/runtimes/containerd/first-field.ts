/** Wire type and number of a first field that is a string (protobuf.dev, encoding). */
const FIRST_STRING = (1 << 3) | 2

/**
 * The string that a protobuf message begins with: in all events of containerd about a container and its processes, the
 * container. Undefined where it begins with anything else.
 */
export function firstString(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== FIRST_STRING) return undefined
  let length = 0
  let at = 1
  for (let shift = 0; ; shift += 7) {
    if (at >= bytes.length || shift > 21) return undefined
    const byte = bytes[at++]
    length |= (byte & 0x7f) << shift
    if (byte < 0x80) break
  }
  if (at + length > bytes.length) return undefined
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, length).toString('utf8')
}
