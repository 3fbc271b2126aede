import { u16 } from '../../lib/bytes.ts'

export interface OldHello {
  version: number
  ciphers: number
}

/** A client's hello in the form of SSL 2.0 (RFC 5246 appendix E.2), from its version on; undefined where its lengths do not add up. */
export function readOldHello(bytes: Uint8Array, start: number, end: number): OldHello | undefined {
  if (end - start < 8) return undefined
  const ciphers = u16(bytes, start + 2)
  const sessionId = u16(bytes, start + 4)
  const challenge = u16(bytes, start + 6)
  const isSound =
    ciphers > 0 &&
    ciphers % 3 === 0 &&
    (sessionId === 0 || sessionId === 16) &&
    challenge >= 16 &&
    challenge <= 32 &&
    8 + ciphers + sessionId + challenge === end - start
  return isSound ? { version: u16(bytes, start), ciphers: ciphers / 3 } : undefined
}

/** Whether the ciphers of such a hello are said to be longer than the hello itself. */
export function declaresTooMuch(bytes: Uint8Array, start: number, end: number): boolean {
  return end - start >= 4 && u16(bytes, start + 2) > end - start
}
