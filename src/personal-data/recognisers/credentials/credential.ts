import type { Match } from '../../../scan/scanner.ts'
import { maskSecret } from '../../masking.ts'
import type { Form, Recogniser } from '../../recogniser.ts'

/** A kind of token that one service gives out, told by how it begins. */
export interface TokenKind {
  id: string
  name: string
  forms: readonly Form[]
  /** How it begins, the longest first; shown where it is masked. */
  beginnings: readonly string[]
  /** Names of fields that are called after the service. */
  fieldNames: readonly string[]
  notFieldNames?: readonly string[]
  /** Besides what holds for all: that it is no placeholder and not borne in a header. */
  check?: (match: Match) => boolean
  source: string
  examples: Recogniser['examples']
}

/**
 * Of what begins as a token of the service does, has its length and is no placeholder, nearly all is one. Most of what is
 * not is made up for documentation and tests.
 */
export const tokenConfidence = 0.99

/** The same where a checksum of 32 bits fits. */
export const checkedTokenConfidence = 0.9999

/** Bytes behind a match in which a value is still seen to go on: less than its context, so that every end is. */
const seenBehind = 54

/**
 * From `least` to `most` bytes of a class, for a form that goes on with it. A match ends at few places, each within sight of
 * the one before: an end at every byte would be work for nothing.
 */
export function longRun(byteClass: string, least: number, most: number): string {
  const more = Math.floor((most - least) / seenBehind)
  return `${byteClass}{${least}}(?:${byteClass}{${seenBehind}}){0,${more}}`
}

/** Names of fields that hold tokens of any service. */
export const tokenFieldNames: readonly string[] = [
  'token',
  'access token',
  'api key',
  'api token',
  'secret',
  'secret key',
  'key',
  'credential',
  'credentials',
  'password',
]

export function token(kind: TokenKind): Recogniser {
  const { id, name, forms, beginnings, fieldNames, notFieldNames = [], check, source, examples } = kind
  return {
    ...{ id, name, forms, source, examples, notFieldNames },
    category: 'credential',
    check: (match) => isVaried(match) && !isBorne(match) && (check === undefined || check(match)),
    fieldNames: [...fieldNames, ...tokenFieldNames],
    contextWords: {},
    mask: (value) => maskSecret(value, beginningLength(value, beginnings)),
    normalise: copyExactly,
  }
}

function beginningLength(value: string, beginnings: readonly string[]): number {
  return beginnings.find((beginning) => value.startsWith(beginning))?.length ?? 0
}

/** Upper and lower case differ in secrets. */
export function copyExactly(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  for (let i = start; i < end; i++) out[i - start] = bytes[i]
  return end - start
}

/** Fewer different bytes than these in the second half of a secret, and someone has made it up: `ghp_xxxx…`. */
const variedBytes = 6

/** Number of the value that is looked at, by each byte that occurred in it: one table serves all values. */
const seen = new Uint32Array(256)
let looks = 0

/** Whether a secret is no placeholder: as a rule random ones of 12 bytes and more are varied. */
export function isVaried({ bytes, start, end }: Match): boolean {
  return differentBytes(bytes, (start + end) >> 1, end) >= variedBytes
}

export function differentBytes(bytes: Uint8Array, start: number, end: number): number {
  looks = (looks + 1) >>> 0
  let count = 0
  for (let i = start; i < end; i++) {
    if (seen[bytes[i]] === looks) continue
    seen[bytes[i]] = looks
    count++
  }
  return count
}

const bearer = Buffer.from('bearer')

/** Whether `Bearer ` stands before it: then it is found as what a header bears, whatever service gave it out. */
export function isBorne({ bytes, start, from }: Match): boolean {
  let at = start - 1
  while (at >= from && bytes[at] === 0x20) at--
  const gap = start - 1 - at
  if (gap < 1 || gap > 2 || at - bearer.length + 1 < from) return false
  for (let i = 0; i < bearer.length; i++) {
    if ((bytes[at - bearer.length + 1 + i] | 0x20) !== bearer[i]) return false
  }
  return true
}
