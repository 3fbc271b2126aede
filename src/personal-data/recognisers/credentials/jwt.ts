import type { Match } from '../../../scan/scanner.ts'
import { maskSecret } from '../../masking.ts'
import type { Form, Recogniser } from '../../recogniser.ts'
import { decodeBase64 } from '../../values/base64.ts'
import { hasTextMember } from '../../values/json-object.ts'
import { copyExactly, isBorne, longRun } from './credential.ts'
import { base64url, encoded } from './samples.ts'

const DOT = 0x2e

/** `eyJ` is `{"` in base64url. One that is longer than a match may be is found by what of it is seen. */
export const jwtForm: Pick<Form, 'expression' | 'goesOnWith'> = {
  expression: `eyJ[A-Za-z0-9_-]{9}${longRun('[A-Za-z0-9_.-]', 8, 116)}`,
  goesOnWith: '[A-Za-z0-9_.-]',
}

/** What stands before a part of a token that is not its first: that much is cheap to see. */
const partBytes = new Uint8Array(256)
for (const byte of Buffer.from('._-')) partBytes[byte] = 1

const algorithm = Buffer.from('alg')
/** What of a header is decoded: 192 characters at most are seen. */
const header = new Uint8Array(144)

/** A token of which so many characters are seen may go on: a match as long as can be, and the context behind it. */
const cutLength = 192

/**
 * Two dots, and before the first a JSON object that names an algorithm; as much of it as is seen where it goes on beyond.
 * Of an encrypted token, which has five parts, the second may be empty.
 */
export function isJwt({ bytes, start, end, from, to }: Match): boolean {
  if (start > from && partBytes[bytes[start - 1]] === 1) return false
  let dots = 0
  let headerEnd = end
  for (let i = start; i < end; i++) {
    if (bytes[i] !== DOT) continue
    if (dots === 0) headerEnd = i
    dots++
  }
  const isCut = end === to && end - start >= cutLength
  if (dots < 2 && !isCut) return false
  if (bytes[headerEnd + 1] === DOT && dots < 4 && !isCut) return false
  const length = decodeBase64(bytes, start, headerEnd, header)
  return hasTextMember(header, 0, length, { name: algorithm, isWhole: headerEnd < end })
}

const signed = (head: object, claims: object): string =>
  `${encoded(head)}.${encoded(claims)}.${base64url(43)}`

export const jwt: Recogniser = {
  id: 'jwt',
  name: 'JSON Web Token',
  category: 'credential',
  forms: [{ ...jwtForm, confidence: 0.995 }],
  check: (match) => isJwt(match) && !isBorne(match),
  fieldNames: ['jwt', 'id token', 'access token', 'refresh token', 'token', 'session', 'assertion', 'cookie'],
  // There it is what the header bears: see `bearer-token`.
  notFieldNames: ['authorization', 'proxy authorization'],
  contextWords: {},
  mask: (value) => maskSecret(value, 3),
  normalise: copyExactly,
  source: 'RFC 7519; RFC 7515 section 7.1 and RFC 7516 section 7.1 for how it is written',
  examples: {
    good: [
      signed({ alg: 'HS256', typ: 'JWT' }, { sub: '1' }),
      signed({ typ: 'JWT', kid: 'a', alg: 'RS256' }, { sub: '1', iat: 1_700_000_000 }),
      `${encoded({ alg: 'none' })}.${encoded({ sub: 'someone' })}.`,
      `${encoded({ alg: 'dir', enc: 'A128GCM' })}..${base64url(16)}.${base64url(24)}.${base64url(22)}`,
    ],
    bad: [
      `${encoded({ alg: 'HS256', typ: 'JWT' })}.${encoded({ sub: '1' })}`,
      signed({ typ: 'JWT', kid: 'a' }, { alg: 'HS256' }),
      signed({ head: { alg: 'HS256' } }, { sub: '1' }),
      `${encoded({ alg: 'HS256' }).slice(0, -2)}!!.${encoded({ sub: '1' })}.x`,
      encoded({ version: 3, sources: ['alg'], mappings: 'AAAA' }),
    ],
  },
}
