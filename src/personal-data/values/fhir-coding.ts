import type { Match } from '../../scan/scanner.ts'
import type { Form } from '../recogniser.ts'

/*
 * A code as HL7 FHIR writes it, in JSON and in XML: which system it is of stands right before it, under names that say nothing.
 * `"system":"http://loinc.org","code":"4548-4"`, `<system value="http://loinc.org"/><code value="4548-4"/>`.
 */

/** Where a system says what a code is, hardly anything else is written so. */
const confidence = 0.95

/** Between the two, a version may stand in other documents; those are left out. */
const between = String.raw`"[ \t\r\n]{0,2}(?:,[ \t\r\n]{0,24}"code"[ ]?:[ ]?|/>[ \t\r\n]{0,24}<code value=)"`

/** A form for codes of a system: both as expressions, the system's without its scheme. */
export function codingForm(system: string, code: string, check?: (match: Match) => boolean): Form {
  const expression = String.raw`https?:\\?/\\?/${system}${between}${code}`
  return { expression, confidence, ...(check === undefined ? {} : { check }) }
}

const QUOTE = 0x22

/** Where the code begins in a match of such a form; where the match does in one of another. */
export function codeStart({ bytes, start, end }: Pick<Match, 'bytes' | 'start' | 'end'>): number {
  let at = end
  while (at > start && bytes[at - 1] !== QUOTE) at--
  return at
}

/** The code of such a value, for masks; another value as it is. */
export function codeOf(value: string): string {
  return value.startsWith('http') ? value.slice(value.lastIndexOf('"') + 1) : value
}
