import { SecLangError } from '../problem.ts'
import { ipMatch, ipMatchFromFile } from './addresses.ts'
import { validateByteRange, validateUrlEncoding, validateUtf8Encoding } from './bytes.ts'
import { detectSqli, detectXss } from './detections.ts'
import type { Operator, OperatorFactory, OperatorSource } from './operator.ts'
import { pm, pmFromFile, rx } from './patterns.ts'
import {
  beginsWith,
  contains,
  containsWord,
  endsWith,
  eq,
  ge,
  gt,
  le,
  lt,
  noMatch,
  streq,
  unconditionalMatch,
  within,
} from './texts.ts'

/** By their names in SecLang, in lower case. */
const operators: ReadonlyMap<string, OperatorFactory> = new Map([
  ['beginswith', beginsWith],
  ['contains', contains],
  ['containsword', containsWord],
  ['detectsqli', detectSqli],
  ['detectxss', detectXss],
  ['endswith', endsWith],
  ['eq', eq],
  ['ge', ge],
  ['gt', gt],
  ['ipmatch', ipMatch],
  ['ipmatchf', ipMatchFromFile],
  ['ipmatchfromfile', ipMatchFromFile],
  ['le', le],
  ['lt', lt],
  ['nomatch', noMatch],
  ['pm', pm],
  ['pmf', pmFromFile],
  ['pmfromfile', pmFromFile],
  ['rx', rx],
  ['streq', streq],
  ['strmatch', contains],
  ['unconditionalmatch', unconditionalMatch],
  ['validatebyterange', validateByteRange],
  ['validateurlencoding', validateUrlEncoding],
  ['validateutf8encoding', validateUtf8Encoding],
  ['within', within],
])

/** Those that ask elsewhere, and do not here: rules with them never match. */
const elsewhere = new Set(['rbl', 'geolookup', 'gsblookup', 'inspectfile'])

/**
 * Reads `!@rx …`; without a name it is a pattern.
 *
 * @throws SecLangError for what is not known, or has an argument that is none
 */
export function readOperator(
  text: string,
  source: OperatorSource,
): { isNegated: boolean; operator: Operator } {
  const found = /^\s*(!?)\s*(?:@([A-Za-z0-9]+)(?:\s+|$))?(.*)$/s.exec(text)
  const name = (found?.[2] ?? 'rx').toLowerCase()
  const argument = found?.[3] ?? ''
  const isNegated = found?.[1] === '!'
  if (elsewhere.has(name)) {
    source.differs(`@${found?.[2]} asks a service or a file elsewhere: the rule never matches here`)
    return { isNegated: false, operator: noMatch('', source) }
  }
  const make = operators.get(name)
  if (make === undefined) throw new SecLangError(`the operator @${found?.[2]} is not known here`)
  return { isNegated, operator: make(argument, source) }
}
