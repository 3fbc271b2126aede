import { u16, u16le, utf8 } from '../../lib/bytes.ts'

/** Option codes of draft-ietf-opsawg-pcapng that are read or written. */
export const OptionCode = {
  end: 0,
  comment: 1,
  sectionHardware: 2,
  sectionOs: 3,
  sectionApplication: 4,
  interfaceName: 2,
  interfaceDescription: 3,
  interfaceResolution: 9,
  interfaceFcsLength: 13,
  interfaceOffset: 14,
} as const

/** Calls `visit` with each option in `buffer[start, end)`; stops without complaint where the list is not well-formed. */
export function eachOption(
  buffer: Uint8Array,
  start: number,
  end: number,
  littleEndian: boolean,
  visit: (code: number, from: number, to: number) => void,
): void {
  let at = start
  while (at + 4 <= end) {
    const code = littleEndian ? u16le(buffer, at) : u16(buffer, at)
    const length = littleEndian ? u16le(buffer, at + 2) : u16(buffer, at + 2)
    if (code === OptionCode.end || at + 4 + length > end) return
    visit(code, at + 4, at + 4 + length)
    at += 4 + padded(length)
  }
}

/** Every comment in an option list: there may be several. */
export function readComments(
  buffer: Uint8Array,
  start: number,
  end: number,
  littleEndian: boolean,
): string[] {
  const comments: string[] = []
  eachOption(buffer, start, end, littleEndian, (code, from, to) => {
    if (code === OptionCode.comment) comments.push(utf8(buffer, from, to))
  })
  return comments
}

/** Length with the padding to 32 bits that all of pcapng has. Exact for any 32-bit length. */
export function padded(length: number): number {
  return length + ((4 - (length % 4)) % 4)
}
