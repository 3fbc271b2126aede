/** Card numbers of one scheme: prefixes from `first` to `last`, compared over as many digits as they have. */
export interface IssuerRange {
  scheme: string
  first: number
  last: number
  lengths: readonly number[]
}

const upTo19 = [16, 17, 18, 19]
const range = (
  scheme: string,
  first: number,
  last: number,
  lengths: readonly number[] = [16],
): IssuerRange => ({
  scheme,
  first,
  last,
  lengths,
})

/**
 * Issuer identification numbers (ISO/IEC 7812) as the schemes publish them for merchants. Maestro and the domestic schemes
 * overlap; which scheme a number is of does not matter here, only that it can be one.
 */
export const issuerRanges: readonly IssuerRange[] = [
  range('Visa', 4, 4, [13, 16, 18, 19]),
  range('Mastercard', 51, 55),
  range('Mastercard', 2221, 2720),
  range('American Express', 34, 34, [15]),
  range('American Express', 37, 37, [15]),
  range('Diners Club', 300, 305, [14, ...upTo19]),
  range('Diners Club', 3095, 3095, [14, ...upTo19]),
  range('Diners Club', 36, 36, [14, ...upTo19]),
  range('Diners Club', 38, 39, [14, ...upTo19]),
  range('JCB', 3528, 3589, upTo19),
  range('RuPay', 3530, 3569),
  range('Discover', 6011, 6011, upTo19),
  range('Discover', 622126, 622925, upTo19),
  range('Discover', 644, 649, upTo19),
  range('Discover, Troy, RuPay, Verve, Elo', 65, 65, upTo19),
  range('UnionPay', 62, 62, upTo19),
  range('UnionPay, RuPay', 81, 82, upTo19),
  range('Maestro', 50, 50, [12, 13, 14, 15, ...upTo19]),
  range('Maestro', 56, 58, [12, 13, 14, 15, ...upTo19]),
  range('Maestro, InterPayment, Hipercard, Elo, RuPay', 60, 64, [12, 13, 14, 15, ...upTo19]),
  range('Maestro, InstaPayment', 66, 69, [12, 13, 14, 15, ...upTo19]),
  range('Verve', 506099, 506198, [16, 18, 19]),
  range('Verve', 507865, 507964, [16, 18, 19]),
  range('Dankort', 5019, 5019),
  range('Elo', 5041, 5041),
  range('Elo', 5066, 5067),
  range('Elo, RuPay', 508, 509),
  range('Mir', 2200, 2204, upTo19),
  range('BORICA', 2205, 2205),
  range('Troy', 9792, 9792),
  range('Uzcard', 8600, 8600),
  range('Humo', 9860, 9860),
]

const longestPrefix = 6

/** What there is of lengths, a number each: bit n is set when numbers may have n digits. */
const lengthSets = [0]
/** By the first six digits, the index of the lengths that numbers may have which begin so. */
const setByPrefix = new Uint8Array(10 ** longestPrefix)
for (const { first, last, lengths } of issuerRanges) {
  const scale = 10 ** (longestPrefix - String(first).length)
  const bits = lengths.reduce((all, length) => all | (1 << length), 0)
  for (let prefix = first * scale; prefix < (last + 1) * scale; prefix++)
    setByPrefix[prefix] = indexOfSet(lengthSets[setByPrefix[prefix]] | bits)
}

function indexOfSet(bits: number): number {
  const known = lengthSets.indexOf(bits)
  return known < 0 ? lengthSets.push(bits) - 1 : known
}

/** True when some scheme issues numbers of `length` digits that begin with these six. */
export function isIssued(firstSixDigits: number, length: number): boolean {
  return ((lengthSets[setByPrefix[firstSixDigits]] >>> length) & 1) === 1
}
