import { isDigit } from '../../lib/ascii.ts'
import { limits } from './limits.ts'
import { METHOD_CONNECT, UNKNOWN_METHOD, beginsMethod, findMethod } from './methods.ts'
import { SP, TAB, TOKEN, lowerCaseName } from './octets.ts'

/** Whether bytes begin a message: `no` and `yes` hold whatever follows. `preface`: HTTP/2 begins (RFC 9113 section 3.4). */
export const StartVerdict = { no: 0, maybe: 1, yes: 2, preface: 3 } as const
export type StartVerdict = (typeof StartVerdict)[keyof typeof StartVerdict]

const PREFACE = Buffer.from('PRI * HTTP/2.0', 'latin1')
const HTTP_SLASH = lowerCaseName('http/')
const HTTP_1 = Buffer.from('HTTP/1.', 'latin1')
/** `HTTP/1.1 200` */
const STATUS_BYTES = 12

/** Where a message must begin: a token and a space. */
export function requestVerdict(bytes: Uint8Array, start: number, end: number): StartVerdict {
  let i = start
  while (i < end && TOKEN[bytes[i]] === 1) i++
  if (i - start > limits.methodBytes) return StartVerdict.no
  if (i === end) return StartVerdict.maybe
  if (i === start || (bytes[i] !== SP && bytes[i] !== TAB)) return StartVerdict.no
  return i - start === 3 ? prefaceVerdict(bytes, start, end) : StartVerdict.yes
}

function prefaceVerdict(bytes: Uint8Array, start: number, end: number): StartVerdict {
  const length = Math.min(end - start, PREFACE.length)
  for (let i = 0; i < length; i++) if (bytes[start + i] !== PREFACE[i]) return StartVerdict.yes
  return length < PREFACE.length ? StartVerdict.maybe : StartVerdict.preface
}

/** Where a message must begin: `HTTP/`. */
export function responseVerdict(bytes: Uint8Array, start: number, end: number): StartVerdict {
  const length = Math.min(end - start, HTTP_SLASH.length)
  for (let i = 0; i < length; i++) {
    if ((bytes[start + i] | 0x20) !== HTTP_SLASH[i]) return StartVerdict.no
  }
  return length < HTTP_SLASH.length ? StartVerdict.maybe : StartVerdict.yes
}

/** Where anything may stand: a known method, a space, and what targets begin with (RFC 9112 section 3.2). */
export function strictRequestVerdict(bytes: Uint8Array, start: number, end: number): StartVerdict {
  let i = start
  while (i < end && TOKEN[bytes[i]] === 1) i++
  if (i === end) return beginsMethod(bytes, start, end) ? StartVerdict.maybe : StartVerdict.no
  const method = bytes[i] === SP ? findMethod(bytes, start, i) : UNKNOWN_METHOD
  if (method === UNKNOWN_METHOD) return StartVerdict.no
  if (i + 1 === end) return StartVerdict.maybe
  const isTarget = method === METHOD_CONNECT ? TOKEN[bytes[i + 1]] === 1 : beginsTarget(bytes[i + 1])
  return isTarget ? StartVerdict.yes : StartVerdict.no
}

/** First octet of a path, of `*`, or of `http:` and `https:`. */
export function beginsTarget(c: number): boolean {
  return c === 0x2f || c === 0x2a || (c | 0x20) === 0x68
}

/** Where anything may stand: `HTTP/1.x` and a status code. */
export function strictResponseVerdict(bytes: Uint8Array, start: number, end: number): StartVerdict {
  const length = Math.min(end - start, STATUS_BYTES)
  for (let i = 0; i < length; i++) {
    if (!isStatusLineOctet(bytes[start + i], i)) return StartVerdict.no
  }
  return length < STATUS_BYTES ? StartVerdict.maybe : StartVerdict.yes
}

function isStatusLineOctet(c: number, at: number): boolean {
  if (at < HTTP_1.length) return c === HTTP_1[at]
  return at === HTTP_1.length + 1 ? c === SP : isDigit(c)
}
