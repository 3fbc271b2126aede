import { u16 } from '../../lib/bytes.ts'
import type { Name } from './name.ts'
import type { ResourceRecord } from './resource-record.ts'

/** IANA, "Service Parameter Keys (SvcParamKeys)". */
const Key = { mandatory: 0, alpn: 1, noDefaultAlpn: 2, port: 3, ipv4hint: 4, ech: 5, ipv6hint: 6 } as const

/** Takes the addresses of a service binding: 4 or 16 bytes each. */
export interface HintTaker {
  hint(bytes: Uint8Array, start: number, end: number): void
}

/** Priority, target name, parameters by ascending key (RFC 9460 section 2.2). The target is left in `name`. */
export function isServiceBinding(record: ResourceRecord, bytes: Uint8Array, name: Name): boolean {
  const { message, dataStart, dataEnd } = record
  if (dataEnd - dataStart < 3 || !name.read(bytes, message, dataStart + 2, dataEnd)) return false
  let at = name.next
  let last = -1
  while (at + 4 <= dataEnd) {
    const key = u16(bytes, at)
    const value = at + 4
    const next = value + u16(bytes, at + 2)
    if (next > dataEnd || key <= last || !isParameter(key, bytes, value, next)) return false
    last = key
    at = next
  }
  return at === dataEnd
}

/** Hands on the address hints of a well-formed binding whose parameters begin at `at`. */
export function takeHints(bytes: Uint8Array, at: number, end: number, taker: HintTaker): void {
  for (let i = at; i + 4 <= end;) {
    const key = u16(bytes, i)
    const next = i + 4 + u16(bytes, i + 2)
    const size = key === Key.ipv4hint ? 4 : 16
    if (key === Key.ipv4hint || key === Key.ipv6hint) {
      for (let address = i + 4; address + size <= next; address += size) {
        taker.hint(bytes, address, address + size)
      }
    }
    i = next
  }
}

/** Values that have a fixed form (RFC 9460 section 7); others are as their definition says. */
function isParameter(key: number, bytes: Uint8Array, start: number, end: number): boolean {
  const size = end - start
  switch (key) {
    case Key.mandatory:
      return size >= 2 && size % 2 === 0
    case Key.alpn:
      return isProtocolList(bytes, start, end)
    case Key.noDefaultAlpn:
      return size === 0
    case Key.port:
      return size === 2
    case Key.ipv4hint:
      return size >= 4 && size % 4 === 0
    case Key.ipv6hint:
      return size >= 16 && size % 16 === 0
    default:
      return true
  }
}

function isProtocolList(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end && bytes[at] > 0) at += 1 + bytes[at]
  return at === end && end > start
}
