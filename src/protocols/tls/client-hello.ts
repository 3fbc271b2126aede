import { u16 } from '../../lib/bytes.ts'
import { Cursor } from './cursor.ts'
import { limits } from './limits.ts'
import { readName } from './names.ts'
import { isGrease, isTls13 } from './versions.ts'

/** `ExtensionType` (IANA). */
export const Extension = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatureAlgorithms: 13,
  alpn: 16,
  preSharedKey: 41,
  supportedVersions: 43,
  encryptedServerName: 0xffce,
  encryptedClientHello: 0xfe0d,
} as const

/** What a client offers (RFC 8446 section 4.1.2, RFC 5246 section 7.4.1.2). Lists keep their order, GREASE included. */
export interface ClientHello {
  legacyVersion: number
  /** Highest that is offered. */
  version: number
  versions: number[]
  ciphers: number[]
  extensions: number[]
  groups: number[]
  pointFormats: number[]
  signatureAlgorithms: number[]
  sessionId: Uint8Array
  serverName: string | undefined
  alpn: string[]
  firstAlpn: Uint8Array | undefined
  hidesServerName: boolean
}

const CURSOR = new Cursor()

/** Reads the body of a hello; undefined where its lengths do not add up. Copies what it keeps. */
export function readClientHello(bytes: Uint8Array, start: number, end: number): ClientHello | undefined {
  const cursor = CURSOR.begin(bytes, start, end)
  const legacyVersion = cursor.u16()
  const hello: ClientHello = {
    legacyVersion,
    version: legacyVersion,
    versions: [],
    ciphers: [],
    extensions: [],
    groups: [],
    pointFormats: [],
    signatureAlgorithms: [],
    sessionId: new Uint8Array(0),
    serverName: undefined,
    alpn: [],
    firstAlpn: undefined,
    hidesServerName: false,
  }
  cursor.skip(32) // random
  hello.sessionId = readBytes(cursor, cursor.endOf(cursor.u8()))
  readNumbers(cursor, cursor.endOf(cursor.u16()), hello.ciphers)
  cursor.skip(cursor.u8()) // compression methods
  // Before TLS 1.0 had extensions, hellos ended here.
  if (!cursor.isAtEnd) readExtensions(cursor, cursor.endOf(cursor.u16()), hello)
  if (cursor.failed || hello.ciphers.length === 0) return undefined
  hello.version = highestOf(hello)
  return hello
}

function readExtensions(cursor: Cursor, end: number, hello: ClientHello): void {
  while (cursor.at < end && !cursor.failed) {
    const type = cursor.u16()
    const next = cursor.endOf(cursor.u16())
    hello.extensions.push(type)
    // What an extension says of its own lengths reaches no further than itself: else each could hold all that follow.
    cursor.end = next
    readExtension(cursor, type, next, hello)
    cursor.at = next
    cursor.end = end
  }
}

function readExtension(cursor: Cursor, type: number, end: number, hello: ClientHello): void {
  if (cursor.at === end) return
  switch (type) {
    case Extension.serverName:
      hello.serverName ??= readServerName(cursor, end)
      return
    case Extension.groups:
      return readNumbers(cursor, cursor.endOf(cursor.u16()), hello.groups)
    case Extension.pointFormats:
      return void hello.pointFormats.push(...readBytes(cursor, cursor.endOf(cursor.u8())))
    case Extension.signatureAlgorithms:
      return readNumbers(cursor, cursor.endOf(cursor.u16()), hello.signatureAlgorithms)
    case Extension.alpn:
      return readProtocols(cursor, cursor.endOf(cursor.u16()), hello)
    case Extension.supportedVersions:
      return readNumbers(cursor, cursor.endOf(cursor.u8()), hello.versions)
    case Extension.encryptedServerName:
    case Extension.encryptedClientHello:
      hello.hidesServerName = true
  }
}

/** The first of the list that is a host name (RFC 6066 section 3). */
function readServerName(cursor: Cursor, end: number): string | undefined {
  cursor.skip(2)
  while (cursor.at < end && !cursor.failed) {
    const type = cursor.u8()
    const next = cursor.endOf(cursor.u16())
    if (type === 0) return readName(cursor.bytes, cursor.at, next).toLowerCase() || undefined
    cursor.at = next
  }
  return undefined
}

function readProtocols(cursor: Cursor, end: number, hello: ClientHello): void {
  while (cursor.at < end && !cursor.failed) {
    const next = cursor.endOf(cursor.u8())
    hello.firstAlpn ??= cursor.bytes.slice(cursor.at, next)
    const { length } = hello.alpn
    if (length < limits.protocols) hello.alpn.push(readName(cursor.bytes, cursor.at, next))
    cursor.at = next
  }
}

function readNumbers(cursor: Cursor, end: number, into: number[]): void {
  for (; cursor.at + 2 <= end; cursor.at += 2) into.push(u16(cursor.bytes, cursor.at))
  cursor.at = end
}

function readBytes(cursor: Cursor, end: number): Uint8Array {
  const read = cursor.bytes.slice(cursor.at, end)
  cursor.at = end
  return read
}

function highestOf({ legacyVersion, versions }: ClientHello): number {
  const offered = versions.filter((version) => !isGrease(version))
  if (offered.length === 0) return legacyVersion
  const released = offered.filter((version) => version >> 8 === 3)
  return released.length > 0 ? Math.max(...released) : (offered.find(isTls13) ?? legacyVersion)
}
