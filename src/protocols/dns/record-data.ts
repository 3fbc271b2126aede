import { u16 } from '../../lib/bytes.ts'
import type { Name } from './name.ts'
import type { ResourceRecord } from './resource-record.ts'
import { isServiceBinding } from './service-binding.ts'
import { Type } from './types.ts'

/** `LOC` data of version 0 (RFC 1876 section 2). */
const LOC_BYTES = 16
/** Fixed parts before the name or the lists behind them: RFC 4034 sections 3.1, 2.1, 5.1; RFC 1035 section 3.3.13. */
const RRSIG_FIXED = 18
const KEY_FIXED = 4
const SOA_FIXED = 20

/**
 * Whether a record's data has the form of its type. A type that is not listed here has none that is known (RFC 3597).
 * The first name in the data is left in `name`; where a name was wrong, `name.problem` tells it.
 */
export function isWellFormed(record: ResourceRecord, bytes: Uint8Array, name: Name): boolean {
  const { dataStart: start, dataEnd: end } = record
  name.problem = undefined
  switch (record.type) {
    case Type.a:
      return end - start === 4
    case Type.aaaa:
      return end - start === 16
    case Type.cname:
    case Type.dname:
    case Type.ns:
    case Type.ptr:
      return isName(record, bytes, start, name)
    case Type.mx:
      return isName(record, bytes, start + 2, name)
    case Type.srv:
      return isName(record, bytes, start + 6, name)
    case Type.soa:
      return isStartOfAuthority(record, bytes, name)
    case Type.svcb:
    case Type.https:
      return isServiceBinding(record, bytes, name)
    case Type.txt:
    case Type.spf:
      return isText(bytes, start, end)
    case Type.hinfo:
      return endOfStrings(bytes, start, end, 2) === end
    case Type.naptr:
      return isNamingAuthority(record, bytes, name)
    default:
      return isSecurityData(record, bytes, name)
  }
}

function isSecurityData(record: ResourceRecord, bytes: Uint8Array, name: Name): boolean {
  const { dataStart: start, dataEnd: end } = record
  switch (record.type) {
    case Type.loc:
      return end > start && (bytes[start] !== 0 || end - start === LOC_BYTES)
    case Type.wks:
      return end - start >= 5
    case Type.ds:
    case Type.cds:
    case Type.dnskey:
    case Type.cdnskey:
      return end - start > KEY_FIXED
    case Type.tlsa:
      return end - start > 3
    case Type.rrsig:
      return end - start > RRSIG_FIXED && readName(record, bytes, start + RRSIG_FIXED, name) >= 0
    case Type.nsec: {
      const bitmap = readName(record, bytes, start, name)
      return bitmap >= 0 && isTypeBitmap(bytes, bitmap, end)
    }
    case Type.nsec3:
      return isHashedDenial(bytes, start, end)
    case Type.nsec3param:
      return end - start >= 5 && start + 5 + bytes[start + 4] === end
    case Type.caa:
      return end - start >= 3 && bytes[start + 1] > 0 && start + 2 + bytes[start + 1] <= end
    case Type.opt:
      return isOptions(bytes, start, end)
    default:
      return true
  }
}

/** Where the data goes on behind a name, or -1. */
function readName(record: ResourceRecord, bytes: Uint8Array, at: number, name: Name): number {
  if (at >= record.dataEnd) return -1
  return name.read(bytes, record.message, at, record.dataEnd) ? name.next : -1
}

function isName(record: ResourceRecord, bytes: Uint8Array, at: number, name: Name): boolean {
  return readName(record, bytes, at, name) === record.dataEnd
}

/** Two names, of the server and of the person in charge, and five numbers of 32 bits. */
function isStartOfAuthority(record: ResourceRecord, bytes: Uint8Array, name: Name): boolean {
  const mailbox = readName(record, bytes, record.dataStart, name)
  if (mailbox < 0) return false
  const numbers = readName(record, bytes, mailbox, name)
  return numbers >= 0 && numbers + SOA_FIXED === record.dataEnd
}

/** Order, preference, three strings, a name (RFC 3403 section 4.1). */
function isNamingAuthority(record: ResourceRecord, bytes: Uint8Array, name: Name): boolean {
  const { dataStart, dataEnd } = record
  const at = endOfStrings(bytes, dataStart + 4, dataEnd, 3)
  return at >= 0 && isName(record, bytes, at, name)
}

/** Where `count` character strings (RFC 1035 section 3.3) end, or -1 when one goes too far. */
function endOfStrings(bytes: Uint8Array, start: number, end: number, count: number): number {
  let at = start
  for (let i = 0; i < count; i++) {
    if (at >= end || at + 1 + bytes[at] > end) return -1
    at += 1 + bytes[at]
  }
  return at
}

function isText(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at < end) at += 1 + bytes[at]
  return at === end && end > start
}

/** Hash algorithm, flags, iterations, salt, next hashed owner, bitmap (RFC 5155 section 3.2). */
function isHashedDenial(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start < 6) return false
  const hash = start + 5 + bytes[start + 4]
  return hash < end && isTypeBitmap(bytes, hash + 1 + bytes[hash], end)
}

/** Windows of at most 32 bytes each, in order (RFC 4034 section 4.1.2). */
function isTypeBitmap(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  let window = -1
  while (at + 2 <= end && bytes[at] > window && bytes[at + 1] > 0 && bytes[at + 1] <= 32) {
    window = bytes[at]
    at += 2 + bytes[at + 1]
  }
  return at === end
}

/** Codes with their lengths (RFC 6891 section 6.1.2). */
function isOptions(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start
  while (at + 4 <= end) at += 4 + u16(bytes, at + 2)
  return at === end
}
