import type { Category } from '../model/records.ts'
import type { Match } from '../scan/scanner.ts'

/** One way in which a value is written. */
export interface Form {
  /** Expression of `src/scan`. */
  expression: string
  /**
   * How sure one can be of a value of this form that passed `check`, where nothing else is known: of such values in
   * traffic at large, the share that are what they look like.
   */
  confidence: number
  /**
   * For what may be longer than a match can be: a class, `[A-Za-z0-9_-]`, of the bytes that it goes on with. The expression
   * is of how it begins; the value ends before the first other byte, or where what is known around the match does, as 192
   * bytes behind its start.
   */
  goesOnWith?: string
  /** Where this form has another than the recogniser. */
  check?: (match: Match) => boolean
  /**
   * Where values that are written alike differ in how telling they are: several forms have one expression, and this is for
   * those of which `by` says `as`. Besides `check`.
   */
  graded?: { by: (match: Match) => number; as: number }
  /** Only the field's name can lift it: there are so many that some of them stand near a word that means another. */
  fieldOnly?: boolean
}

/**
 * One kind of personal data: one file, one object of this shape, listed in `recognisers/index.ts`. The scanner finds
 * what has one of its forms, `check` decides whether it can be one, the field's name and nearby words how sure we are.
 */
export interface Recogniser {
  /** Stable identifier name: `iban`, `payment-card`, `us-ssn`. */
  id: string
  /** What a person calls it. */
  name: string
  category: Category
  /** Name of the WAF sensor of the user that it is of: what it finds is no personal data but taken for an attack. */
  attackSensor?: string
  /**
   * Of a number that a state gives: the country, as its ISO 3166 code in lower case. A field that is called after another
   * country (`polishTaxId`, `$.poland.taxId`) speaks less for it.
   */
  country?: string
  /** Ways in which it is written; empty where only the field can tell. */
  forms: readonly Form[]
  /**
   * For what has no form of its own, as a name: how sure one can be that the whole value of a field, `bytes[start, end)`, is
   * one, where nothing else is known; 0 if it cannot be. Asked only where the field is called after it.
   */
  value?: (bytes: Uint8Array, start: number, end: number) => number
  /** `value` is asked about how a value begins, too, that is longer than is read whole. */
  valueMayBeCut?: true
  ignoreCase?: boolean
  /** Checksum and structure of the match; false rejects. Absent: the form alone decides. */
  check?: (match: Match) => boolean
  /**
   * True when the value may be part of a longer token (`a.b@c.de/x`). By default what is joined to more by a hyphen, a
   * dot or the like, as in a version, a UUID or a decimal number, is rejected.
   */
  mayBeJoined?: boolean
  /** Names that make a field telling, in lower-case words: `card number` is found in `cardNumber`, `card_no` is not. */
  fieldNames: readonly string[]
  /** Names that the like of it has in other countries as well: `national id`. With its country's name they are its own. */
  sharedFieldNames?: readonly string[]
  /** Names that fields of other things have as well: `name`. They speak for it, but less. */
  vagueFieldNames?: readonly string[]
  /** Names that speak against it, besides those of numbers in general (`orderId`, see `judging/technical-names.ts`). */
  notFieldNames?: readonly string[]
  /** Words and phrases near the value in free text that make it surer, by language; lower case. */
  contextWords: Readonly<Record<string, readonly string[]>>
  /** Shows enough to recognise one's own: `DE89 **** **** **** **30 00`. Gets the value as matched. */
  mask: (value: string) => string
  /**
   * Writes the value's one canonical form to `out` and returns its length: same value, same bytes, before they are
   * hashed. Absent: ASCII letters and digits in upper case, and what is beyond ASCII. `out` is as long as the longest match.
   */
  normalise?: (bytes: Uint8Array, start: number, end: number, out: Uint8Array) => number
  /** Where form and checksum come from: standard, law or registry. */
  source: string
  /** Its test table: values that are found under its first field name, and look-alikes that are not even there. */
  examples: { good: readonly string[]; bad: readonly string[] }
}
