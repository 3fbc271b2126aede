import type { Match } from '../../../scan/scanner.ts'
import { maskSecret } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { copyExactly, differentBytes, isBorne, longRun } from './credential.ts'
import { isJwt, jwtForm } from './jwt.ts'
import { alphanumeric, base64url, decimal, encoded } from './samples.ts'

const scheme = 'bearer'
/** A secret that a person could guess is no token: of 16 random characters, that few different ones are unheard of. */
const variedBytes = 8

/** Where the token begins behind the scheme and the blanks after it. */
function tokenStart(bytes: Uint8Array, start: number): number {
  let at = start + scheme.length
  while (bytes[at] === 0x20) at++
  return at
}

function isScheme(bytes: Uint8Array, start: number): boolean {
  return (bytes[start] | 0x20) === 0x62
}

/** No word of a sentence such as `bearer authentication`, and no URL: letters and digits, or upper and lower case mixed. */
function isToken(bytes: Uint8Array, start: number, end: number): boolean {
  let hasDigit = false
  let hasLetter = false
  let changes = 0
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    const letter = byte | 0x20
    if (byte === 0x3a && bytes[i + 1] === 0x2f) return false
    if (byte >= 0x30 && byte <= 0x39) hasDigit = true
    if (letter < 0x61 || letter > 0x7a) continue
    hasLetter = true
    if (i > start && byte >= 0x61 && bytes[i - 1] >= 0x41 && bytes[i - 1] <= 0x5a) changes++
  }
  const isMixed = hasLetter && (hasDigit || changes > 3)
  return isMixed && differentBytes(bytes, start, end) >= variedBytes
}

function isBearerToken(match: Match): boolean {
  const { bytes, start, end } = match
  if (!isScheme(bytes, start)) return isJwt(match) && !isBorne(match)
  return isToken(bytes, tokenStart(bytes, start), end)
}

/**
 * What stands behind `Bearer`, whatever service gave it out, and a JSON Web Token that is all of an `authorization` header.
 * Ordinary traffic of every programming interface, so that policies tell it apart from tokens that stand elsewhere.
 */
export const bearerToken: Recogniser = {
  id: 'bearer-token',
  name: 'Bearer token',
  category: 'credential',
  forms: [
    {
      expression: `[Bb](?:earer|EARER) {1,2}${longRun('[A-Za-z0-9._~+/:-]', 12, 120)}`,
      goesOnWith: '[A-Za-z0-9._~+/:=-]',
      confidence: 0.99,
    },
    // Elsewhere it is a `jwt`; the name of the field decides.
    { ...jwtForm, confidence: 0.3 },
  ],
  check: isBearerToken,
  mayBeJoined: true,
  fieldNames: ['authorization', 'proxy authorization', 'x forwarded authorization', 'bearer'],
  contextWords: {},
  mask: (value) => maskSecret(value, isScheme(Buffer.from(value), 0) ? scheme.length + 1 : 'eyJ'.length),
  normalise: (bytes, start, end, out) =>
    copyExactly(bytes, isScheme(bytes, start) ? tokenStart(bytes, start) : start, end, out),
  source: 'RFC 6750 section 2.1; RFC 9110 section 11.4 for the characters of a token',
  examples: {
    good: [
      `Bearer ${alphanumeric(24)}`,
      `bearer ${encoded({ alg: 'HS256' })}.${encoded({ sub: '1' })}.${base64url(43)}`,
      `${encoded({ alg: 'HS256' })}.${encoded({ sub: '1' })}.${base64url(43)}`,
      `Bearer  ${alphanumeric(30)}==`,
      `Bearer ghp_${alphanumeric(36)}`,
      'Bearer 0b79bab5-0daf-4b84-81a8-d7e10b4f3d5c',
    ],
    bad: [
      'bearer authentication',
      'Bearer of_all_bad_tidings',
      'Bearer realm="example"',
      'Bearer https://www.example.org/rfc6750',
      'Bearer {access_token}',
      `Bearer ${decimal(20)}`,
      'Bearer xxxxxxxxxxxxxxxxxxxx1',
      'forbearer abcdefgh12345678',
    ],
  },
}
