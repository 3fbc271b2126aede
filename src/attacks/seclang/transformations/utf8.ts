/** A character of UTF-8 that is written as short as it can be; any other byte is one by itself. */
export function codePointAt(text: string, at: number): { code: number; length: number } {
  const first = text.charCodeAt(at)
  const length = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1
  if (length === 1 || first > 0xf4) return { code: first, length: 1 }
  let code = first & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) {
    const next = text.charCodeAt(at + i)
    if ((next & 0xc0) !== 0x80) return { code: first, length: 1 }
    code = code * 64 + (next & 0x3f)
  }
  return code < [0, 0, 0x80, 0x800, 0x10000][length] ? { code: first, length: 1 } : { code, length }
}
