import { limits } from './limits.ts'

/** Methods of RFC 9110, RFC 5789, WebDAV and its kin, UPnP, caches and what products add; the index is the method's id. */
const NAMES: readonly string[] = [
  'GET POST HEAD PUT DELETE PATCH OPTIONS CONNECT TRACE QUERY',
  'PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH REPORT ACL BIND REBIND UNBIND',
  'MKACTIVITY CHECKOUT CHECKIN UNCHECKOUT MERGE UPDATE LABEL VERSION-CONTROL MKWORKSPACE BASELINE-CONTROL',
  'ORDERPATCH MKCALENDAR MKREDIRECTREF UPDATEREDIRECTREF LINK UNLINK PURGE BAN SOURCE',
  'NOTIFY SUBSCRIBE UNSUBSCRIBE M-SEARCH TRACK DEBUG BPROPFIND BPROPPATCH BCOPY BMOVE BDELETE POLL',
  'RPC_IN_DATA RPC_OUT_DATA SSTP_DUPLEX_POST CCM_POST BITS_POST X-MS-ENUMATTS',
].flatMap((line) => line.split(' '))

export const UNKNOWN_METHOD = -1
export const METHOD_GET = NAMES.indexOf('GET')
export const METHOD_HEAD = NAMES.indexOf('HEAD')
export const METHOD_CONNECT = NAMES.indexOf('CONNECT')

/** Methods that RTSP (RFC 2326) and SIP (RFC 3261) have, too: only the version tells whose they are. */
const SHARED: ReadonlySet<number> = new Set(
  ['OPTIONS', 'NOTIFY', 'SUBSCRIBE', 'UPDATE'].map((name) => NAMES.indexOf(name)),
)

const SPELLED = NAMES.map((name) => Buffer.from(name, 'latin1'))
/** Ids by first letter and length. */
const BY_KEY: (number[] | undefined)[] = []
for (const [id, name] of NAMES.entries()) (BY_KEY[keyOf(name.charCodeAt(0), name.length)] ??= []).push(id)

function keyOf(first: number, length: number): number {
  return ((first & 0x1f) << 5) | (length & 0x1f)
}

/** Id of the method `bytes[start, end)`, which is case-sensitive (RFC 9110 section 9.1), or `UNKNOWN_METHOD`. */
export function findMethod(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start
  if (length < 3 || length >= limits.methodBytes) return UNKNOWN_METHOD
  const candidates = BY_KEY[keyOf(bytes[start], length)]
  if (candidates === undefined) return UNKNOWN_METHOD
  for (let i = 0; i < candidates.length; i++) {
    if (isAt(bytes, start, SPELLED[candidates[i]])) return candidates[i]
  }
  return UNKNOWN_METHOD
}

/** Whether `bytes[start, end)` begins a known method. */
export function beginsMethod(bytes: Uint8Array, start: number, end: number): boolean {
  return SPELLED.some(
    (name) => name.length >= end - start && isAt(bytes, start, name.subarray(0, end - start)),
  )
}

export function methodName(id: number): string {
  return NAMES[id]
}

export function isSharedMethod(id: number): boolean {
  return SHARED.has(id)
}

function isAt(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
  return true
}
