/** Smallest code point that takes so many bytes; shorter ones in as many are overlong (RFC 3629 section 3). */
const LEADS = [
  { mask: 0xe0, lead: 0xc0, more: 1, bits: 0x1f },
  { mask: 0xf0, lead: 0xe0, more: 2, bits: 0x0f },
  { mask: 0xf8, lead: 0xf0, more: 3, bits: 0x07 },
] as const

const MOST_CODE_POINT = 0x10ffff

/**
 * Bytes as a lenient target reads them: UTF-8, in which ASCII may be written in more bytes than it needs (`C0 AF` is `/`); a
 * byte that is none of it is the character of its number.
 */
export function readUtf8(bytes: ArrayLike<number>): string {
  let text = ''
  for (let i = 0; i < bytes.length;) {
    const byte = bytes[i]
    const form = byte < 0xc0 ? undefined : LEADS.find(({ mask, lead }) => (byte & mask) === lead)
    const point = form === undefined ? -1 : codePoint(bytes, i, form)
    if (form === undefined || point < 0) {
      text += String.fromCharCode(byte)
      i++
    } else {
      text += String.fromCodePoint(point)
      i += 1 + form.more
    }
  }
  return text
}

function codePoint(bytes: ArrayLike<number>, at: number, { more, bits }: (typeof LEADS)[number]): number {
  let point = bytes[at] & bits
  for (let i = at + 1; i <= at + more; i++) {
    if (i >= bytes.length || (bytes[i] & 0xc0) !== 0x80) return -1
    point = point * 64 + (bytes[i] & 0x3f)
  }
  return point > MOST_CODE_POINT ? -1 : point
}
