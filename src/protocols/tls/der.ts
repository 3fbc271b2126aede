/** Universal tags of ASN.1 (X.680 section 8.6), with the bit of constructed ones where they have it. */
export const Tag = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
} as const

/** `[n] EXPLICIT`, constructed. */
export function contextTag(number: number): number {
  return 0xa0 | number
}

/** One element of DER (X.690): where its content lies. Lengths that do not fit what is around it make it undefined. */
export interface Element {
  tag: number
  /** Of the tag. */
  begin: number
  start: number
  end: number
}

/** The element at `at` of `bytes[…, end)`. Long tags and lengths without end are not DER of certificates. */
export function readElement(bytes: Uint8Array, at: number, end: number): Element | undefined {
  if (at + 2 > end || (bytes[at] & 0x1f) === 0x1f) return undefined
  const first = bytes[at + 1]
  const count = first < 0x80 ? 0 : first & 0x7f
  if (first === 0x80 || count > 4 || at + 2 + count > end) return undefined
  let length = count === 0 ? first : 0
  for (let i = 0; i < count; i++) length = length * 256 + bytes[at + 2 + i]
  const start = at + 2 + count
  if (start + length > end) return undefined
  return { tag: bytes[at], begin: at, start, end: start + length }
}

/** The elements in an element, as far as they are sound. */
export function* elementsIn(bytes: Uint8Array, { start, end }: Element): Generator<Element> {
  let at = start
  while (at < end) {
    const element = readElement(bytes, at, end)
    if (element === undefined) return
    yield element
    at = element.end
  }
}

/** In hexadecimal, to be compared: an identifier's content is short and has one form. */
export function contentHex(bytes: Uint8Array, { start, end }: Element): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('hex')
}

/** Milliseconds since 1970 of a time in UTC, as certificates have it (RFC 5280 section 4.1.2.5); undefined for any other form. */
export function readTime(bytes: Uint8Array, { tag, start, end }: Element): number | undefined {
  const text = String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 20)))
  const isShort = tag === Tag.utcTime
  if (!(isShort ? /^\d{12}Z$/ : /^\d{14}Z$/).test(text)) return undefined
  const year = isShort ? Number(text.slice(0, 2)) : Number(text.slice(0, 4))
  const rest = text.slice(isShort ? 2 : 4)
  const [month, day, hour, minute, second] = [0, 2, 4, 6, 8].map((i) => Number(rest.slice(i, i + 2)))
  // Two digits are of 1950 to 2049.
  const fullYear = isShort ? year + (year < 50 ? 2000 : 1900) : year
  const time = Date.UTC(fullYear, month - 1, day, hour, minute, second)
  return Number.isFinite(time) ? time : undefined
}
