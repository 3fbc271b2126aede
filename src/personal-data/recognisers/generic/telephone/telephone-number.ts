import { isDigit } from '../../../../lib/ascii.ts'
import type { Match } from '../../../../scan/scanner.ts'
import { fitOfAreaCode, fitOfGroups, fitOfInternational, fitOfRun, PlanFit } from './numbering-plans.ts'
import { followsMore, goesOn, isAmongNumbers, isOtherNumber, isPartOfRow } from './surroundings.ts'
import { isExtension, isTrunkPrefix, Separator, WrittenNumber } from './written-number.ts'

/**
 * How much what is written in groups or behind a calling code looks like a telephone number. Of one without a calling code:
 * `doubtful`, other things are written so more often; `possible`, some country has numbers of that length; `written`, and
 * begins and writes them so; `telling`, and hardly anything else is written so. With one: whether the country has numbers of
 * that length only, or such that begin so.
 */
export const NumberGrade = {
  none: 0,
  doubtful: 1,
  possible: 2,
  written: 3,
  telling: 4,
  dialledLength: 5,
  dialled: 6,
  internationalLength: 7,
  international: 8,
} as const
export type NumberGrade = (typeof NumberGrade)[keyof typeof NumberGrade]

const PLUS = 0x2b
const ZERO = 0x30
/** Digits of a number in national form, its trunk prefix included: fewest and most that are written in groups. */
const nationalDigits = [7, 13] as const
/** Digits behind a calling code and with it: shorter ones are emergency and service numbers. */
const fewestInternational = 7
/** North America dials 011 to leave, Turin is called 011: only what is too long for a national number is international. */
const fewestBehind011 = nationalDigits[1] + 1
/** With the calling code. */
const longestNorthAmerican = 11
/** Digits of a number that may look like a telephone number by the way that it is grouped alone. */
const tellingDigits = 10
/** Pairs of four digits within these may be years: `2019-2026`. */
const [firstYear, lastYear] = [1900, 2100]

/** Status codes of HTTP that servers give every day: RFC 9110, and 499 of nginx. */
const commonStatuses: ReadonlySet<number> = new Set([
  ...[200, 201, 202, 204, 206, 301, 302, 303, 304, 307, 308],
  ...[400, 401, 403, 404, 405, 408, 409, 410, 413, 422, 429, 499, 500, 502, 503, 504],
])

const written = new WrittenNumber()

export function gradeOf(match: Match): NumberGrade {
  if (followsMore(match) || goesOn(match)) return NumberGrade.none
  if (match.bytes[match.start] === PLUS) {
    const fit = fitBehind(match, 0)
    if (fit === PlanFit.none) return NumberGrade.none
    return fit === PlanFit.digits ? NumberGrade.international : NumberGrade.internationalLength
  }
  const exitDigits = exitPrefixLength(match)
  if (exitDigits === 0) return gradeOfGroups(match)
  if (isAmongNumbers(match)) return NumberGrade.none
  const fit = fitBehind(match, exitDigits)
  if (fit === PlanFit.none) return NumberGrade.none
  return fit === PlanFit.digits ? NumberGrade.dialled : NumberGrade.dialledLength
}

/** Of what stands behind `+`, or behind the digits that lead out of the country: `00 49 30 901820`. */
function fitBehind(match: Match, exitDigits: number): PlanFit {
  written.read(match, exitDigits)
  const { digits, firstSix } = written
  return digits < fewestInternational ? PlanFit.none : fitOfInternational(firstSix, digits)
}

/** Digits that lead out of the country: `00` nearly everywhere (ITU-T E.164). 0 if there are none. */
function exitPrefixLength(match: Match): number {
  const { bytes, start } = match
  if (bytes[start] !== ZERO) return 0
  if (bytes[start + 1] === ZERO) return 2
  if (bytes[start + 1] !== 0x31 || bytes[start + 2] !== 0x31) return 0
  written.read(match, 0)
  return written.digits < fewestBehind011 ? 0 : 3
}

/** Of digits in one: `strong` are those with a trunk prefix or calling code, and North America's. */
export const RunGrade = { none: 0, possible: 1, strong: 2 } as const
export type RunGrade = (typeof RunGrade)[keyof typeof RunGrade]

/** Of digits in one: a national number, or an international one as networks have it (MSISDN) or as it is dialled. */
export function gradeOfRun({ bytes, start, end }: Match): RunGrade {
  const digits = end - start
  // Milliseconds since 1970 are by far the most; North American numbers have eleven digits.
  if (digits > longestNorthAmerican && bytes[start] === 0x31) return RunGrade.none
  const firstSix = sixDigits(bytes, start)
  if (isOneDigit(firstSix)) return RunGrade.none
  const isDialledOut = firstSix < 10_000
  const exitDigits = isDialledOut ? 2 : 0
  const behind = sixDigits(bytes, start + exitDigits)
  const isLong = digits > tellingDigits
  if (isLong && fitOfInternational(behind, digits - exitDigits) === PlanFit.digits) return RunGrade.strong
  if (isDialledOut || fitOfRun(digits, Math.floor(firstSix / 1000)) !== PlanFit.digits) return RunGrade.none
  const hasTrunkZero = digits >= tellingDigits && firstSix < 100_000
  const isNorthAmerican = digits === 10 && firstSix >= 200_000 && firstSix % 1000 >= 200
  return hasTrunkZero || isNorthAmerican ? RunGrade.strong : RunGrade.possible
}

function sixDigits(bytes: Uint8Array, start: number): number {
  let value = 0
  for (let at = start; at < start + 6; at++) value = value * 10 + bytes[at] - ZERO
  return value
}

function gradeOfGroups(match: Match): NumberGrade {
  written.read(match, 0)
  const { digits, key, lengths, groupCount } = written
  if (digits < nationalDigits[0] || digits > nationalDigits[1] || groupCount < 2) return NumberGrade.none
  // `800 1200x600` is a size; of `555-0143 x12` the number is found without its extension.
  if (written.hasExtension && digits < tellingDigits) return NumberGrade.none
  if (isPartOfRow(match, written.separators) || isOfOtherKind() || isOtherNumber(match))
    return NumberGrade.none
  if (isNorthAmerican()) return NumberGrade.telling
  if (isStatusAndSize()) return NumberGrade.doubtful
  const firstThree = Math.floor(written.firstSix / 1000)
  const fit = fitOfGroups(key, firstThree)
  if (fit === PlanFit.digits) return isTelling() ? NumberGrade.telling : NumberGrade.written
  const isPossible =
    fit === PlanFit.length || fitOfAreaCode(lengths[0], digits, firstThree) === PlanFit.digits
  return isPossible ? NumberGrade.possible : NumberGrade.none
}

/** `(212) 555-0143`, `212-555-0143`, `1.800.555.0143`: neither area code nor exchange begins with 0 or 1. */
function isNorthAmerican(): boolean {
  const { key, values, separators } = written
  const first = key === 0x1334 && values[0] === 1 ? 1 : 0
  if (key !== 0x334 && first === 0) return false
  if (values[first] < 200 || values[first + 1] < 200) return false
  return separators === Separator.hyphen || separators === Separator.dot || isInParentheses()
}

/** `404 152233`, as logs of web servers have it. */
function isStatusAndSize(): boolean {
  const { groupCount, lengths, separators, values } = written
  const isStatus = lengths[0] === 3 && commonStatuses.has(values[0])
  return isStatus && groupCount === 2 && separators === Separator.space
}

/** What some country writes so and nobody else does. */
function isTelling(): boolean {
  const { digits, groupCount, firstSix, separators, hasExtension } = written
  if (digits < tellingDigits) return false
  if (hasExtension || isInParentheses()) return true
  const hasTrunkZero = firstSix < 100_000 && firstSix >= 10_000
  return hasTrunkZero && groupCount > 2 && separators === Separator.space
}

function isInParentheses(): boolean {
  return (written.separators & Separator.parenthesis) !== 0
}

/** Dates, years, addresses of the Internet and fillers are written in groups, too. */
function isOfOtherKind(): boolean {
  const { key, values, separators, groupCount, firstSix } = written
  if (isOneDigit(firstSix)) return true
  if (isCountedInPairs()) return true
  if (key === 0x44) return isYear(values[0]) && isYear(values[1])
  if (groupCount > 2 && key >> ((groupCount - 3) * 4) === 0x422)
    return isYear(values[0]) && isDayOfYear(values[1], values[2])
  // Days before years, `21-11-2026`, and social security numbers of the United States.
  if (key === 0x224 || key === 0x324) return true
  return groupCount === 4 && separators === Separator.dot && areAllUpTo(255)
}

/** `01 02 03 04 05`: bytes of a dump. */
function isCountedInPairs(): boolean {
  return written.groupCount * 2 === written.digits && areAllUpTo(9)
}

function areAllUpTo(most: number): boolean {
  const { values, groupCount } = written
  for (let i = 0; i < Math.min(groupCount, values.length); i++) if (values[i] > most) return false
  return true
}

function isYear(value: number): boolean {
  return value >= firstYear && value < lastYear
}

function isDayOfYear(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31
}

/** `000 000 0000`, `111-1111` */
function isOneDigit(firstSix: number): boolean {
  return firstSix % 111_111 === 0
}

/**
 * Writes a number's digits, without what is dialled to leave the country or inside it only, and `X` with the extension:
 * `+49 (0)30 901820` and `00 49 30 901820` are 4930901820, `(212) 555-0143` is 2125550143.
 */
export function writeTelephoneNumber(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number {
  let length = 0
  let isBehindExtension = false
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (isDigit(byte)) {
      if (!isTrunkPrefix(bytes, at) || length === 0) out[length++] = byte
    } else if (isExtension(byte) && !isBehindExtension) {
      isBehindExtension = true
      length = withoutExitPrefix(out, length)
      out[length++] = 0x58
    }
  }
  return isBehindExtension ? length : withoutExitPrefix(out, length)
}

function withoutExitPrefix(out: Uint8Array, length: number): number {
  const isDoubleZero = out[0] === ZERO && out[1] === ZERO
  const is011 = out[0] === ZERO && out[1] === 0x31 && out[2] === 0x31 && length >= fewestBehind011
  if (length < 3 || (!isDoubleZero && !is011)) return length
  const skipped = isDoubleZero ? 2 : 3
  out.copyWithin(0, skipped, length)
  return length - skipped
}
