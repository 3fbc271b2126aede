import { u32, u32le } from '../../lib/bytes.ts'
import type { CaptureProblemCode } from './capture.ts'
import type { CaptureParser } from './parser.ts'
import { PcapMagic, PcapParser } from './pcap.ts'
import { BlockType, PcapngParser } from './pcapng.ts'

/** How much of a file is looked at to tell its format. */
export const magicBytes = 4

/** Beginnings of files that are not captures we read, by their first bytes (compared over the shorter of both). */
const OTHERS: { begins: number[]; code: CaptureProblemCode; name: string }[] = [
  { begins: [0x1f, 0x8b], code: 'compressed', name: 'gzip' },
  { begins: [0x28, 0xb5, 0x2f, 0xfd], code: 'compressed', name: 'Zstandard' },
  { begins: [0xfd, 0x37, 0x7a, 0x58], code: 'compressed', name: 'xz' },
  { begins: [0x04, 0x22, 0x4d, 0x18], code: 'compressed', name: 'LZ4' },
  { begins: [0x42, 0x5a, 0x68], code: 'compressed', name: 'bzip2' },
  { begins: [0x50, 0x4b, 0x03, 0x04], code: 'compressed', name: 'ZIP' },
  { begins: [0x73, 0x6e, 0x6f, 0x6f], code: 'not-a-capture', name: 'a snoop capture (RFC 1761)' },
  { begins: [0x47, 0x4d, 0x42, 0x55], code: 'not-a-capture', name: 'a Microsoft Network Monitor capture' },
  { begins: [0x52, 0x54, 0x53, 0x53], code: 'not-a-capture', name: 'a Microsoft Network Monitor capture' },
]

/** True when a file begins as gzip does (RFC 1952 section 2.3.1): decompress it on the fly, then read. */
export function isGzip(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 2 && bytes[start] === 0x1f && bytes[start + 1] === 0x8b
}

/** The parser for a file that begins with the four bytes at `at`, or undefined when no format does. */
export function parserFor(bytes: Uint8Array, at: number): CaptureParser | undefined {
  const big = u32(bytes, at)
  const little = u32le(bytes, at)
  if (big === BlockType.section) return new PcapngParser()
  for (const magic of Object.values(PcapMagic)) {
    if (big === magic) return new PcapParser(magic, false)
    if (little === magic) return new PcapParser(magic, true)
  }
  return undefined
}

/** Says what a file is whose first bytes are those of no capture. */
export function otherFormat(bytes: Uint8Array, at: number): { code: CaptureProblemCode; reason: string } {
  const other = OTHERS.find(({ begins }) => begins.every((byte, i) => bytes[at + i] === byte))
  if (other === undefined)
    return { code: 'not-a-capture', reason: 'this is neither a pcap nor a pcapng file' }
  const reason =
    other.code === 'compressed'
      ? `this file is compressed with ${other.name}: decompress it first`
      : `this is ${other.name}: convert it to pcapng first, with editcap for instance`
  return { code: other.code, reason }
}
