import type { Match } from '../../../scan/scanner.ts'
import { maskSecret } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { decodeBase64 } from '../../values/base64.ts'
import { copyExactly, longRun } from './credential.ts'

const scheme = 'basic'
const COLON = 0x3a
const EQUALS = 0x3d

/** What of `user:password` is decoded: 192 characters at most are seen. */
const decoded = new Uint8Array(144)

function credentialsStart(bytes: Uint8Array, start: number): number {
  let at = start + scheme.length
  while (bytes[at] === 0x20) at++
  return at
}

/** Base64 of a user's name without control characters, a colon and a password: RFC 7617 section 2. */
function isUserAndPassword({ bytes, start, end, to }: Match): boolean {
  const first = credentialsStart(bytes, start)
  const isCut = end === to
  let last = end
  while (last > first && bytes[last - 1] === EQUALS) last--
  if (!isCut && (last - first) % 4 === 1) return false
  if (end > last && (end - first) % 4 !== 0) return false
  const length = decodeBase64(bytes, first, last, decoded)
  const colon = decoded.subarray(0, length).indexOf(COLON)
  return colon >= 0 && length > 2 && isAscii(0, colon) && isText(colon, length)
}

/** Of what is decoded. */
function isAscii(start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (decoded[i] >= 0x7f || decoded[i] < 0x20) return false
  return true
}

/** UTF-8 without control characters; the last character may be cut off. */
function isText(start: number, end: number): boolean {
  for (let i = start; i < end;) {
    const length = sequenceLength(decoded[i++])
    if (length === 0) return false
    for (let more = 1; more < length && i < end; more++) if ((decoded[i++] & 0xc0) !== 0x80) return false
  }
  return true
}

/** Bytes of a character that begins so; 0 where none does. */
function sequenceLength(byte: number): number {
  if (byte < 0x80) return byte < 0x20 || byte === 0x7f ? 0 : 1
  if (byte < 0xc2 || byte > 0xf4) return 0
  return byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
}

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

export const httpBasic: Recogniser = {
  id: 'http-basic',
  name: 'User name and password in a header',
  category: 'credential',
  forms: [
    {
      expression: `[Bb](?:asic|ASIC) {1,2}${longRun('[A-Za-z0-9+/]', 3, 111)}`,
      goesOnWith: '[A-Za-z0-9+/=]',
      confidence: 0.99,
    },
  ],
  check: isUserAndPassword,
  fieldNames: ['authorization', 'proxy authorization', 'x forwarded authorization', 'basic'],
  contextWords: {},
  mask: (value) => maskSecret(value, scheme.length + 1),
  normalise: (bytes, start, end, out) => copyExactly(bytes, credentialsStart(bytes, start), end, out),
  source: 'RFC 7617 section 2',
  examples: {
    good: [
      basic('anna:correct horse'),
      `basic ${Buffer.from('a:b').toString('base64')}`,
      basic(':only a password'),
      basic('anna:pässword'),
      basic(`${'u'.repeat(40)}:${'p'.repeat(60)}`),
    ],
    bad: [
      'Basic information',
      'Basic Options',
      'basic authentication',
      'Basic realm="example"',
      basic('no colon here'),
      `Basic ${Buffer.from('a\u0001b:c').toString('base64')}`,
      'Basic dXNlcjpwYXNz=',
      'basic YTpi+',
    ],
  },
}
