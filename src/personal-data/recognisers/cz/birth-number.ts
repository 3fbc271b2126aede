import { isDate } from '../../checksums/dates.ts'
import { digitsOf } from '../../checksums/digits.ts'
import type { Form } from '../../recogniser.ts'

/**
 * The birth number of Czechoslovakia, which both of its successors go on with: YYMMDD, and three digits before 1954, four
 * since, the last of which makes the whole divisible by eleven.
 */
export const birthNumberForms: readonly Form[] = [
  { expression: '\\d{6}/\\d{4}', confidence: 0.95 },
  // Before 1954 nothing checks it but the date, and paths have such.
  { expression: '\\d{6}/\\d{3}', confidence: 0.3 },
  { expression: '\\d{10}', confidence: 0.13 },
  { expression: '\\d{9}', confidence: 0.02 },
]

/** First year in which four digits follow the date. */
const firstLongYear = 54

/** Added to the month of women, and since 2004 to that of days whose numbers are used up. */
const womanMonths = 50
const secondSeriesMonths = 20

export function isBirthNumber(match: { bytes: Uint8Array; start: number; end: number }): boolean {
  const digits = digitsOf(match)
  const shortYear = digits.number(0, 2)
  const isLong = digits.length === 10
  const isSince2000 = isLong && shortYear < firstLongYear
  if (!isLong && shortYear >= firstLongYear) return false
  const ofSex = digits.number(2, 4) % womanMonths
  const month = isSince2000 && ofSex > secondSeriesMonths ? ofSex - secondSeriesMonths : ofSex
  return (
    isDate(isSince2000 ? 2000 + shortYear : 1900 + shortYear, month, digits.number(4, 6)) &&
    digits.number(6) > 0 &&
    (!isLong || isDivisible(digits.number(0, 9), digits.at(9)))
  )
}

/** Until 1985 a remainder of ten was written as 0. */
function isDivisible(body: number, check: number): boolean {
  return (body % 11) % 10 === check
}
