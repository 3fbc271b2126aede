import { createHash } from 'node:crypto'
import { Extension } from './client-hello.ts'
import { Cursor } from './cursor.ts'
import { readName } from './names.ts'

/** What a server chose (RFC 8446 section 4.1.3, RFC 5246 section 7.4.1.3). */
export interface ServerHello {
  legacyVersion: number
  version: number
  cipher: number
  extensions: number[]
  sessionId: Uint8Array
  alpn: string | undefined
  resumes: boolean
  /** It asks for another hello. */
  isRetry: boolean
  /** Its random says that it has TLS 1.3, or 1.2, and was made to choose less. */
  isDowngraded: boolean
}

/** SHA-256 of "HelloRetryRequest", in place of the random (RFC 8446 section 4.1.3). */
const RETRY = createHash('sha256').update('HelloRetryRequest').digest()

/** Last bytes of the random of a server that has more than it chose, but for the very last (RFC 8446 section 4.1.3). */
const DOWNGRADE = Buffer.from('DOWNGRD', 'latin1')
const DOWNGRADE_AT = 24

const CURSOR = new Cursor()

/** Reads the body of a hello; undefined where its lengths do not add up. Copies what it keeps. */
export function readServerHello(bytes: Uint8Array, start: number, end: number): ServerHello | undefined {
  const cursor = CURSOR.begin(bytes, start, end)
  const legacyVersion = cursor.u16()
  const isRetry = RETRY.every((byte, i) => bytes[cursor.at + i] === byte)
  const isDowngraded = DOWNGRADE.every((byte, i) => bytes[cursor.at + DOWNGRADE_AT + i] === byte)
  cursor.skip(32)
  const afterId = cursor.endOf(cursor.u8())
  const sessionId = bytes.slice(cursor.at, afterId)
  cursor.at = afterId
  const cipher = cursor.u16()
  cursor.skip(1) // compression method
  const hello = { legacyVersion, version: legacyVersion, cipher, sessionId, isRetry, isDowngraded }
  const answer: ServerHello = { ...hello, extensions: [], alpn: undefined, resumes: false }
  if (!cursor.isAtEnd) readExtensions(cursor, cursor.endOf(cursor.u16()), answer)
  return cursor.failed ? undefined : answer
}

function readExtensions(cursor: Cursor, end: number, hello: ServerHello): void {
  while (cursor.at < end && !cursor.failed) {
    const type = cursor.u16()
    const next = cursor.endOf(cursor.u16())
    hello.extensions.push(type)
    if (type === Extension.supportedVersions) hello.version = cursor.u16()
    else if (type === Extension.preSharedKey) hello.resumes = true
    else if (type === Extension.alpn && next - cursor.at > 3)
      hello.alpn = readName(cursor.bytes, cursor.at + 3, next)
    cursor.at = next
  }
}
