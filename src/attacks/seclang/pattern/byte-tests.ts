import { isAsciiLetter, isDigit } from '../../../lib/ascii.ts'
import { isWordCode } from '../../characters.ts'
import { SecLangError } from '../problem.ts'
import type { ByteTest } from './syntax.ts'

const isBlank = (code: number) => code === 0x20 || (code >= 9 && code <= 13)
const isHexadecimal = (code: number) => isDigit(code) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66)
const isPrinted = (code: number) => code > 0x20 && code < 0x7f
const isUpper = (code: number) => code >= 0x41 && code <= 0x5a
const isLower = (code: number) => code >= 0x61 && code <= 0x7a

const shorthands: Readonly<Record<string, (code: number) => boolean>> = {
  d: isDigit,
  w: isWordCode,
  s: isBlank,
  h: (code) => code === 0x20 || code === 9,
}

const posix: Readonly<Record<string, (code: number) => boolean>> = {
  alpha: isAsciiLetter,
  digit: isDigit,
  alnum: (code) => isAsciiLetter(code) || isDigit(code),
  space: isBlank,
  blank: (code) => code === 0x20 || code === 9,
  punct: (code) => isPrinted(code) && !isAsciiLetter(code) && !isDigit(code),
  xdigit: isHexadecimal,
  word: isWordCode,
  upper: isUpper,
  lower: isLower,
  print: (code) => isPrinted(code) || code === 0x20,
  graph: isPrinted,
  cntrl: (code) => code < 0x20 || code === 0x7f,
  ascii: (code) => code < 0x80,
}

export const anyByte: ByteTest = new Uint8Array(256).fill(1)

/** @throws SecLangError where it is more than a byte */
export function literal(character: string, ignoreCase: boolean): ByteTest {
  const code = character.charCodeAt(0)
  if (!(code < 256)) throw new SecLangError('a pattern that is not written as bytes')
  return classOf([[code, code]], false, ignoreCase)
}

/** `\d`, `\W` and others; undefined where it is none. */
export function shorthand(character: string | undefined): ByteTest | undefined {
  const test = shorthands[(character ?? '').toLowerCase()]
  if (character === undefined || test === undefined) return undefined
  return tested(test, character < 'a')
}

/** `[:alpha:]`. @throws SecLangError where there is none of that name */
export function named(name: string, isNegated: boolean): ByteTest {
  const test = posix[name]
  if (test === undefined) throw new SecLangError(`the class [:${name}:] is not known`)
  return tested(test, isNegated)
}

export function classOf(
  parts: (ByteTest | [from: number, to: number])[],
  isNegated: boolean,
  ignoreCase: boolean,
): ByteTest {
  const found = new Uint8Array(256)
  for (const part of parts)
    if (part instanceof Uint8Array) for (let code = 0; code < 256; code++) found[code] |= part[code]
    else found.fill(1, part[0], part[1] + 1)
  if (ignoreCase)
    for (let code = 0; code < 256; code++)
      if (found[code] === 1 && isAsciiLetter(code)) found[code ^ 0x20] = 1
  return isNegated ? found.map((is) => 1 - is) : found
}

function tested(test: (code: number) => boolean, isNegated: boolean): ByteTest {
  return Uint8Array.from({ length: 256 }, (_, code) => (test(code) === isNegated ? 0 : 1))
}
