import { evidenceLimits } from '../limits.ts'

/** One value of DER (ITU-T X.690): its tag byte, its content, and all of its bytes. */
export interface DerValue {
  tag: number
  content: Buffer
  bytes: Buffer
}

/** Tag bytes (X.690 section 8, X.680 section 8.6). */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  objectId: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const

/** The values that stand in these bytes one after the other; undefined where they are not DER up to their end. */
export function derValues(bytes: Buffer): DerValue[] | undefined {
  const values: DerValue[] = []
  for (let at = 0; at < bytes.length;) {
    const value = valueAt(bytes, at)
    if (value === undefined || values.length >= evidenceLimits.derValues) return undefined
    values.push(value)
    at += value.bytes.length
  }
  return values
}

/** The values in a value that has the tag; none where it is another. */
export function within(value: DerValue | undefined, tag: number): DerValue[] {
  return (value?.tag === tag ? derValues(value.content) : undefined) ?? []
}

function valueAt(bytes: Buffer, at: number): DerValue | undefined {
  const first = bytes[at + 1]
  if (first === undefined || (bytes[at] & 0x1f) === 0x1f) return undefined
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f
  // Of indefinite length is BER, and what takes more than four bytes no file of ours can hold.
  if (first === 0x80 || lengthBytes > 4 || at + 2 + lengthBytes > bytes.length) return undefined
  const length = lengthBytes === 0 ? first : bytes.readUIntBE(at + 2, lengthBytes)
  const start = at + 2 + lengthBytes
  if (start + length > bytes.length) return undefined
  return {
    tag: bytes[at],
    content: bytes.subarray(start, start + length),
    bytes: bytes.subarray(at, start + length),
  }
}

/** An object identifier in dotted form; empty where the value is none. */
export function objectId(value: DerValue | undefined): string {
  if (value?.tag !== tags.objectId || value.content.length === 0) return ''
  const arcs: number[] = []
  let arc = 0
  for (const byte of value.content) {
    arc = arc * 128 + (byte & 0x7f)
    if (!Number.isSafeInteger(arc)) return ''
    if (byte >= 0x80) continue
    if (arcs.length > 0) arcs.push(arc)
    else arcs.push(Math.min(2, Math.floor(arc / 40)), arc - 40 * Math.min(2, Math.floor(arc / 40)))
    arc = 0
  }
  return arcs.join('.')
}

/** A value of up to 4 GB, as it is written. */
export function encode(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const length = contents.reduce((sum, content) => sum + content.length, 0)
  return Buffer.concat([Buffer.of(tag), lengthOf(length), ...contents])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(length)
  const from = bytes.findIndex((byte) => byte !== 0)
  return Buffer.concat([Buffer.of(0x80 | (4 - from)), bytes.subarray(from)])
}
