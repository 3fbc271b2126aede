import metadata from 'libphonenumber-js/min/metadata'
import type { PrefixesByLength, PrefixSet } from './digit-pattern.ts'
import {
  addAll,
  addPrefix,
  emptyPrefixes,
  forEachPrefix,
  hasPrefix,
  prefixDigits,
  readDigitPattern,
  readLeadingDigits,
} from './digit-pattern.ts'

/**
 * How the numbers of all countries are made up and written, as tables that are read without allocating, from the metadata
 * of libphonenumber (ITU-T E.164 and the national plans that administrations publish).
 */

/** A plan as libphonenumber-js packs it, version 4 of its metadata; 0 stands for what is absent. */
type Plan = readonly [
  callingCode: string,
  exitPrefix: string | 0,
  pattern: string,
  lengths: readonly number[],
  formats?: readonly Format[] | 0,
  trunkPrefix?: string | 0,
  trunkRule?: string | 0,
  ...rest: unknown[],
]

/** `(\d{2})(\d{3,4})`, `$1 $2`, patterns of leading digits from the coarsest to the finest, `(0$1)`. */
type Format = readonly [
  groups: string,
  template: string,
  leading?: readonly string[],
  trunkRule?: string | 0,
  isTrunkOptional?: 0 | 1,
  ...rest: unknown[],
]

/** What a number can be by the digits that it begins with, in some country. */
export const PlanFit = { none: 0, length: 1, digits: 2 } as const
export type PlanFit = (typeof PlanFit)[keyof typeof PlanFit]

/** Groups as they are written, by their lengths: `212-555-0143` is 0x334. Leading digits by each such key. */
const writings = new Map<number, PrefixSet>()
/** By the length of the first group and all digits, `first * 32 + total`: people group the rest as they like. */
const areaCodes = new Map<number, PrefixSet>()
/** By all digits, for what is written in one. */
const runs = new Map<number, PrefixSet>()
/** Leading digits of national significant numbers, and their lengths, by calling code. */
const byCallingCode = new Map<number, PrefixesByLength>()

/** The key of one more group. */
export function groupKey(key: number, digits: number): number {
  return key * 16 + digits
}

/** Whether some country writes its own numbers so, with or without its trunk prefix. */
export function fitOfGroups(key: number, firstDigits: number): PlanFit {
  return fit(writings.get(key), firstDigits)
}

/** Whether some country's numbers have an area code, or what else is set off first, of that length. */
export function fitOfAreaCode(firstGroup: number, digits: number, firstDigits: number): PlanFit {
  return fit(areaCodes.get(firstGroup * 32 + digits), firstDigits)
}

/** Whether some country's own numbers, written in one, are so. */
export function fitOfRun(digits: number, firstDigits: number): PlanFit {
  return fit(runs.get(digits), firstDigits)
}

function fit(prefixes: PrefixSet | undefined, firstDigits: number): PlanFit {
  if (prefixes === undefined) return PlanFit.none
  return hasPrefix(prefixes, firstDigits) ? PlanFit.digits : PlanFit.length
}

/** People drop and add digits: one too few or too many is still somebody's number. */
const tolerance = 1

/** Whether `count` digits that begin with these six, a calling code among them, can be a number in international form. */
export function fitOfInternational(firstSix: number, count: number): PlanFit {
  for (let codeLength = 1; codeLength <= 3; codeLength++) {
    const lengths = byCallingCode.get(Math.floor(firstSix / 10 ** (6 - codeLength)))
    if (lengths === undefined) continue
    const length = count - codeLength
    const prefix = Math.floor(firstSix / 10 ** (3 - codeLength)) % 1000
    const prefixes = lengths[length]
    if (prefixes !== undefined && hasPrefix(prefixes, prefix)) return PlanFit.digits
    for (let near = length - tolerance; near <= length + tolerance; near++) {
      if (lengths[near] !== undefined) return PlanFit.length
    }
    return PlanFit.none
  }
  return PlanFit.none
}

/** Reads the plans of all countries and of services that are none's: satellite phones, freephone. */
function readPlans(): void {
  const countries = metadata.countries as Readonly<Record<string, Plan>>
  for (const [code, sharing] of Object.entries<readonly string[]>(metadata.country_calling_codes)) {
    const main = countries[sharing[0]]
    for (const country of sharing) {
      const plan = countries[country]
      const numbers = numbersOf(plan)
      addCallingCode(Number(code), numbers)
      for (const format of plan[4] || []) addFormat(plan, format, numbers)
    }
    // Those that have no formats of their own write as the first does.
    const all = byCallingCode.get(Number(code)) ?? []
    if (sharing.length > 1) for (const format of main[4] || []) addFormat(main, format, all)
  }
  for (const [code, plan] of Object.entries(metadata.nonGeographic)) {
    addCallingCode(Number(code), numbersOf(plan as unknown as Plan))
  }
}

/** Leading digits of a plan's numbers, of the lengths that it uses: its pattern is coarser. */
function numbersOf([, , pattern, lengths]: Plan): PrefixesByLength {
  return readDigitPattern(pattern).map((prefixes, length) =>
    lengths.includes(length) ? prefixes : undefined,
  )
}

function addCallingCode(code: number, numbers: PrefixesByLength): void {
  const known = byCallingCode.get(code) ?? []
  const all: (PrefixSet | undefined)[] = []
  for (let length = 0; length < Math.max(known.length, numbers.length); length++) {
    if (known[length] === undefined && numbers[length] === undefined) continue
    const sum = emptyPrefixes()
    for (const some of [known[length], numbers[length]]) if (some !== undefined) addAll(sum, some)
    all[length] = sum
  }
  byCallingCode.set(code, all)
}

function addFormat(plan: Plan, format: Format, numbers: PrefixesByLength): void {
  const [groups, template, leadingPatterns = [], ownRule = 0, isTrunkOptional = 0] = format
  const rule = ownRule || plan[6] || '$1'
  const templates = [template.replace('$1', rule)]
  if (rule !== '$1' && isTrunkOptional) templates.push(template)
  // The coarsest pattern is made for few digits; the finer ones take tens of milliseconds for little more.
  const [coarsest] = leadingPatterns
  const leading = coarsest === undefined ? undefined : leadingDigitsOf(coarsest)
  const bounds = [...groups.matchAll(/\(\\d(?:\{(\d+)(?:,(\d+))?\})?\)/g)].map(
    ([, fewest = 1, most = fewest]) => [Number(fewest), Number(most)],
  )
  for (const lengths of combinations(bounds)) {
    const prefixes = common(numbers[sum(lengths)], leading)
    if (prefixes === undefined) continue
    for (const written of templates) addWriting(written, lengths, prefixes)
  }
}

/** Many plans have the same. */
const knownLeading = new Map<string, PrefixSet>()

function leadingDigitsOf(pattern: string): PrefixSet {
  let leading = knownLeading.get(pattern)
  if (leading === undefined) knownLeading.set(pattern, (leading = readLeadingDigits(pattern)))
  return leading
}

/** Numbers whose groups are this long, written as the template says. */
function addWriting(template: string, lengths: readonly number[], prefixes: PrefixSet): void {
  // What is written before the number itself; where another group comes first, its digits are not those that are known.
  const [, before = '', first] = /^([^$]*)\$(\d)/.exec(template) ?? []
  if (first !== '1') return
  const written = withTrunkPrefix(before.replace(/\D/g, ''), prefixes)
  const groups = template
    .split(/[^$\d]+/)
    .filter((group) => group !== '')
    .map((group) => group.replace(/\$(\d)/g, (_, index) => '0'.repeat(lengths[index - 1])).length)
  const digits = sum(groups)
  addTo(writings, groups.reduce(groupKey, 0), written)
  addTo(areaCodes, groups[0] * 32 + digits, written)
  addTo(runs, digits, written)
}

function withTrunkPrefix(trunkPrefix: string, prefixes: PrefixSet): PrefixSet {
  if (trunkPrefix === '') return prefixes
  const written = emptyPrefixes()
  const displaced = 10 ** trunkPrefix.length
  const first = (Number(trunkPrefix) * 10 ** prefixDigits) / displaced
  forEachPrefix(prefixes, (prefix) => addPrefix(written, first + Math.floor(prefix / displaced)))
  return written
}

function addTo(table: Map<number, PrefixSet>, key: number, prefixes: PrefixSet): void {
  let known = table.get(key)
  if (known === undefined) table.set(key, (known = emptyPrefixes()))
  addAll(known, prefixes)
}

/** The prefixes in both; undefined if there are none. */
function common(numbers: PrefixSet | undefined, leading: PrefixSet | undefined): PrefixSet | undefined {
  if (numbers === undefined || leading === undefined) return numbers
  const both = numbers.map((bits, i) => bits & leading[i])
  return both.some((bits) => bits !== 0) ? both : undefined
}

/** All ways to choose a number within each of the bounds. */
function combinations(bounds: readonly (readonly number[])[]): number[][] {
  let chosen: number[][] = [[]]
  for (const [fewest, most] of bounds) {
    chosen = chosen.flatMap((some) =>
      Array.from({ length: most - fewest + 1 }, (_, i) => [...some, fewest + i]),
    )
  }
  return chosen
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

readPlans()
knownLeading.clear()
