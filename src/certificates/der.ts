/**
 * Just enough of ASN.1's distinguished encoding (ITU-T X.690) to write a certificate; it reads nothing. Each function
 * gives the bytes of one value, tag and length included.
 */

type Bytes = Uint8Array

function tagged(tag: number, ...contents: readonly Bytes[]): Bytes {
  const content = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content])
}

/** X.690 section 8.1.3: short form to 127, else the number of bytes that follow. */
function lengthOf(length: number): number[] {
  if (length < 0x80) return [length]
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>>= 8) bytes.unshift(rest & 0xff)
  return [0x80 | bytes.length, ...bytes]
}

export const sequence = (...items: Bytes[]): Bytes => tagged(0x30, ...items)
export const set = (...items: Bytes[]): Bytes => tagged(0x31, ...items)
export const octetString = (content: Bytes): Bytes => tagged(0x04, content)
/** Whole bytes: no bits are unused. */
export const bitString = (content: Bytes): Bytes => tagged(0x03, Buffer.from([0]), content)
export const boolean = (value: boolean): Bytes => tagged(0x01, Buffer.from([value ? 0xff : 0]))
export const utf8String = (text: string): Bytes => tagged(0x0c, Buffer.from(text, 'utf8'))

/** Not negative, big-endian. */
export function integer(bytes: Bytes): Bytes {
  const first = bytes.findIndex((byte) => byte !== 0)
  const significant = first === -1 ? Buffer.from([0]) : bytes.subarray(first)
  return tagged(0x02, significant[0] >= 0x80 ? Buffer.concat([Buffer.from([0]), significant]) : significant)
}

/** Dotted, such as `2.5.4.3`. */
export function objectIdentifier(dotted: string): Bytes {
  const [first, second, ...arcs] = dotted.split('.').map(Number)
  return tagged(0x06, Buffer.from([first * 40 + second, ...arcs.flatMap(base128)]))
}

function base128(arc: number): number[] {
  const bytes = [arc & 0x7f]
  for (let rest = arc >>> 7; rest > 0; rest >>>= 7) bytes.unshift(0x80 | (rest & 0x7f))
  return bytes
}

/** RFC 5280 section 4.1.2.5: UTCTime to 2049, GeneralizedTime after, both to the second and in UTC. */
export function time(ms: number): Bytes {
  const digits = new Date(ms).toISOString().slice(0, 19).replace(/[-:T]/g, '')
  const isUtcTime = Number(digits.slice(0, 4)) < 2050
  return tagged(isUtcTime ? 0x17 : 0x18, Buffer.from(`${isUtcTime ? digits.slice(2) : digits}Z`, 'ascii'))
}

/** Context-specific, around one whole value. */
export const explicit = (number: number, item: Bytes): Bytes => tagged(0xa0 | number, item)
/** Context-specific, in the place of the tag of a primitive value. */
export const implicit = (number: number, content: Bytes): Bytes => tagged(0x80 | number, content)
