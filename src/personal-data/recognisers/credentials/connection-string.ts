import type { Match } from '../../../scan/scanner.ts'
import { maskSecret } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'
import { copyExactly, differentBytes } from './credential.ts'

const COLON = 0x3a
const AT = 0x40
const EQUALS = 0x3d
const SLASH = 0x2f
const BACKSLASH = 0x5c

/** No blank, quote or bracket: braces and angle brackets stand for what is still to be filled in. */
const userByte = '[^\\x00-\\x20"\'`<>{}|\\\\/:@?#,;()\\x7f]'
const passwordByte = '[^\\x00-\\x20"\'`<>{}|\\\\/@?#\\x7f]'
const pairByte = '[^\\x00-\\x1f"\'`<>{}\\x7f]'
const pairValue = '[^\\x00-\\x20"\'`<>{}&;,\\x7f]'
const password = '(?:password|passwd|pwd) ?= ?'

/** JSON may have them escaped. */
const slashes = '\\\\?/\\\\?/'

/** `****` and the like stand in the place of a password. */
const fewestDifferentBytes = 2

/**
 * A URL, `Server=…;Password=…` or `jdbc:…;password=…`. Of a URL the password lies between the first colon behind the slashes
 * and the at sign, of the others behind the last equals sign.
 */
function hasPassword(match: Match): boolean {
  const { bytes, start, end } = match
  const colon = indexWithin(bytes, COLON, start, end)
  if (indexWithin(bytes, EQUALS, start, colon) < colon) return hasPair(match)
  const authority = authorityStart(bytes, colon + 1)
  return authority < 0 ? hasOracleOrPair(match) : hasUserInfo(match, authority)
}

/** Behind the two slashes that `at` points to; -1 where there are none. */
function authorityStart(bytes: Uint8Array, at: number): number {
  let next = at
  for (let slash = 0; slash < 2; slash++) {
    if (bytes[next] === BACKSLASH) next++
    if (bytes[next++] !== SLASH) return -1
  }
  return next
}

function hasUserInfo({ bytes, end }: Match, authority: number): boolean {
  const colon = indexWithin(bytes, COLON, authority, end)
  const at = indexWithin(bytes, AT, colon, end)
  return at < end && isPassword(bytes, colon + 1, at)
}

/** `jdbc:oracle:thin:scott/tiger@host`, unless a pair tells it. */
function hasOracleOrPair(match: Match): boolean {
  const { bytes, start, end } = match
  const at = indexWithin(bytes, AT, start, end)
  const slash = indexWithin(bytes, SLASH, start, end)
  if (at < end && slash < at && bytes[slash + 1] !== SLASH) return isPassword(bytes, slash + 1, at)
  return hasPair(match)
}

/** `end` where the byte does not occur: what lies behind a match may be long. */
function indexWithin(bytes: Uint8Array, byte: number, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== byte) at++
  return at
}

function hasPair({ bytes, start, end }: Match): boolean {
  let equals = end - 1
  while (equals > start && bytes[equals] !== EQUALS) equals--
  return isPassword(bytes, equals + 1, end)
}

function isPassword(bytes: Uint8Array, start: number, end: number): boolean {
  return end > start && differentBytes(bytes, start, end) >= fewestDifferentBytes
}

export const connectionString: Recogniser = {
  id: 'connection-string',
  name: 'Address with a password in it',
  category: 'credential',
  forms: [
    {
      expression: `[a-z][a-z0-9+]{1,19}:${slashes}${userByte}*:${passwordByte}+@[a-z0-9\\[]`,
      goesOnWith: '[A-Za-z0-9.:\\]-]',
      confidence: 0.95,
    },
    { expression: `jdbc:[a-z0-9]+:${pairByte}*[?;&]${password}${pairValue}+`, confidence: 0.97 },
    { expression: `jdbc:oracle:[a-z0-9]+:${userByte}+/${passwordByte}+@[a-z0-9/(]`, confidence: 0.97 },
    // One by one: apart, their beginnings are rarer in ordinary text than what they have in common.
    ...['server', 'data source', 'host'].map((name) => ({
      expression: `${name}=${pairByte}*[; ]${password}${pairValue}+`,
      confidence: 0.9,
    })),
  ],
  ignoreCase: true,
  check: hasPassword,
  mayBeJoined: true,
  fieldNames: [
    'connection string',
    'database url',
    'dsn',
    'url',
    'uri',
    'broker url',
    'jdbc url',
    'redis url',
  ],
  contextWords: {},
  mask: (value) => maskSecret(value, schemeLength(value)),
  normalise: copyExactly,
  source: 'RFC 3986 section 3.2.1; JDBC 4.3 section 9.4; Microsoft Learn, “Connection string syntax”',
  examples: {
    good: [
      'postgres://app:s3cret@db.example.com',
      'mongodb+srv://app:s3cret@cluster0.example.net',
      'redis://:s3cret@cache.example.com:6379',
      'mysql:\\/\\/app:s3cret@db.example.com',
      'amqp://guest:s3cret@[2001:db8::1]',
      'https://deploy:s3cret@git.example.com',
      'jdbc:postgresql://db.example.com:5432/customers?user=app&password=s3cret',
      'jdbc:oracle:thin:app/s3cret@d',
      'Server=db.example.com;Database=customers;User Id=app;Password=s3cret',
      'host=db.example.com dbname=customers user=app password=s3cret',
    ],
    bad: [
      'postgres://app@db.example.com',
      'https://example.com:8080/@anna',
      'https://example.com/a:b@c',
      'postgres://{user}:{password}@db.example.com',
      'postgres://app:****@db.example.com',
      'redis://cache.example.com:6379/0',
      'jdbc:postgresql://db.example.com:5432/customers?user=app',
      'Server=db.example.com;Database=customers;Integrated Security=true',
      'Server=db.example.com;Password=<password>',
    ],
  },
}

/** `postgres://`, `jdbc:postgresql:`, `Server=`. */
function schemeLength(value: string): number {
  const colon = value.indexOf(':')
  const equals = value.indexOf('=')
  const isUrl = colon > 0 && (equals < 0 || colon < equals) && !value.startsWith('jdbc')
  return isUrl ? value.indexOf('/', value.indexOf('/') + 1) + 1 : equals + 1
}
