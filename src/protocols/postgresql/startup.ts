import { u32 } from '../../lib/bytes.ts'
import type { PostgresDetails } from '../../model/records.ts'
import { Cursor } from './cursor.ts'
import { limits } from './limits.ts'

/** Codes in place of a protocol version (documentation, 55.7: SSLRequest, GSSENCRequest, CancelRequest). */
export const STARTUP = { ssl: 80_877_103, gss: 80_877_104, cancel: 80_877_102, protocol3: 196_608 } as const

/** Reads a whole start-up packet, its length first; returns its code and fills in who connects to what. */
export function readStartup(bytes: Uint8Array, length: number, details: PostgresDetails): number {
  const code = u32(bytes, 4)
  if (!isProtocol3(code)) return code
  const cursor = new Cursor()
  cursor.begin(bytes, 8, length)
  while (cursor.at < length && !cursor.failed) {
    const name = cursor.string(limits.nameChars)
    if (name === '') break
    const value = cursor.string(limits.nameChars)
    if (name === 'user') details.user = value
    else if (name === 'database') details.database = value
    else if (name === 'application_name') details.applicationName = value
  }
  return code
}

/** Version 3 with any minor: 3.2 is offered since PostgreSQL 18. */
export function isProtocol3(code: number): boolean {
  return code >>> 16 === 3
}
