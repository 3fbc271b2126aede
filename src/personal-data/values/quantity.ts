import { isDigit } from '../../lib/ascii.ts'

/** A number as it stands at the beginning of a value, and what follows it. One object is reused. */
class Quantity {
  /** NaN where the value does not begin with a number, or with a version. */
  number = Number.NaN
  /** Digits before and behind the decimal point. */
  digits = 0
  decimals = 0
  /** What follows the number and its blanks lies in `bytes[unitStart, end)`. */
  unitStart = 0

  /** Reads `42`, `-0.25`, `1,5`, `1.234,50`: the last of two kinds of separators, or one before other than three digits, is decimal. */
  read(bytes: Uint8Array, start: number, end: number): this {
    let at = start
    const isNegative = bytes[at] === 0x2d
    if (isNegative || bytes[at] === 0x2b) at++
    const first = at
    while (at < end && (isDigit(bytes[at]) || (at > first && isInner(bytes, at, end)))) at++
    const point = decimalPoint(bytes, first, at)
    this.digits = countDigits(bytes, first, point)
    this.decimals = countDigits(bytes, point, at)
    const isOne = this.digits > 0 && areThousands(bytes, first, point)
    const number = isOne ? value(bytes, first, point, at) : Number.NaN
    this.number = isNegative ? -number : number
    while (at < end && (bytes[at] === 0x20 || bytes[at] === 0xa0)) at++
    this.unitStart = at
    return this
  }
}

const quantity = new Quantity()

/** The number that `bytes[start, end)` begins with. Valid until the next call. */
export function quantityOf(bytes: Uint8Array, start: number, end: number): Quantity {
  return quantity.read(bytes, start, end)
}

function isSeparator(byte: number): boolean {
  return byte === 0x2e || byte === 0x2c || byte === 0x27
}

/** A separator between digits. */
function isInner(bytes: Uint8Array, at: number, end: number): boolean {
  return isSeparator(bytes[at]) && at + 1 < end && isDigit(bytes[at + 1]) && isDigit(bytes[at - 1])
}

/** Where the decimal point of `bytes[start, end)` stands; `end` where there is none. */
function decimalPoint(bytes: Uint8Array, start: number, end: number): number {
  let last = -1
  let count = 0
  for (let at = start; at < end; at++) {
    if (!isSeparator(bytes[at])) continue
    if (last < 0 || bytes[last] === bytes[at]) count++
    else count = 1
    last = at
  }
  if (last < 0 || count > 1) return end
  const isThousands = end - last === 4 && last - start <= 3 && bytes[start] !== 0x30
  return isThousands && !hasOtherSeparator(bytes, start, last) ? end : last
}

function hasOtherSeparator(bytes: Uint8Array, start: number, point: number): boolean {
  for (let at = start; at < point; at++) if (isSeparator(bytes[at])) return true
  return false
}

/** Whether three digits stand behind each separator of a whole number: `1.2.3` is none. */
function areThousands(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    if (!isSeparator(bytes[at])) continue
    const next = at + 4
    if (next > end || (next < end && !isSeparator(bytes[next]))) return false
  }
  return true
}

function countDigits(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  for (let at = start; at < end; at++) if (isDigit(bytes[at])) count++
  return count
}

function value(bytes: Uint8Array, start: number, point: number, end: number): number {
  let number = 0
  let scale = 1
  for (let at = start; at < end; at++) {
    if (!isDigit(bytes[at])) continue
    number = number * 10 + bytes[at] - 0x30
    if (at > point) scale *= 10
  }
  return number / scale
}
