import type { Budget } from './budget.ts'
import { attribute, scanXml } from './xml-scan.ts'

/** Formats that are always there and show a day (ECMA-376 part 1, section 18.8.30). */
const DATE_FORMATS = [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58]

const DAY_MS = 86_400_000
/** Day 0 of the 1900 calendar, from its 61st day on: before, it counts a day that never was. */
const DAY_ZERO = Date.UTC(1899, 11, 30)
/** 9999-12-31. */
const LAST_DAY = 2_958_465

/** A number of a cell as a person reads it: a day as `1979-11-30`, the digits of a long one without an exponent. */
export function numberText(text: string, isDate: boolean): string {
  const number = Number(text)
  if (text === '' || Number.isNaN(number)) return text
  if (isDate && number >= 1 && number < LAST_DAY + 1) return dateText(Math.floor(number))
  return /e/i.test(text) && Math.abs(number) < 1e21 ? String(number) : text
}

function dateText(day: number): string {
  return new Date(DAY_ZERO + day * DAY_MS).toISOString().slice(0, 10)
}

/** Indexes of the cell formats in `xl/styles.xml` that show days (sections 18.8.10 and 18.8.31). */
export function readDateStyles(xml: string, budget: Budget): Set<number> {
  const dates = new Set(DATE_FORMATS)
  const styles = new Set<number>()
  let isCellFormats = false
  let index = 0
  const open = (name: string, attributes: string): void => {
    if (name === 'cellXfs') isCellFormats = true
    else if (name === 'numFmt' && isDateFormat(attribute(attributes, 'formatCode')))
      dates.add(Number(attribute(attributes, 'numFmtId')))
    else if (name === 'xf' && isCellFormats) {
      if (dates.has(Number(attribute(attributes, 'numFmtId')))) styles.add(index)
      index++
    }
  }
  const close = (name: string): void => {
    if (name === 'cellXfs') isCellFormats = false
  }
  scanXml(xml, { open, close, text: () => undefined }, budget)
  return styles
}

/** Days or years outside of what is quoted or in brackets. */
function isDateFormat(code: string): boolean {
  return /[dy]/i.test(code.replace(/"[^"]*"?|\[[^\]]*\]?|\\./g, ''))
}
