import type { Category } from '../model/records.ts'

/**
 * One kind of personal data: one file, one object of this shape, listed in `recognisers/index.ts`. The scanner finds
 * what has its form, `check` decides whether it can be one, the field's name and nearby words how sure we are.
 */
export interface Recogniser {
  /** Stable identifier name: `iban`, `payment-card`, `us-ssn`. */
  id: string
  /** What a person calls it. */
  name: string
  category: Category
  /** Forms of the value, as expressions of `src/scan`. */
  expressions: string[]
  ignoreCase?: boolean
  /** Checksum and structure over the matched bytes; false rejects. Absent: the form alone decides. */
  check?(bytes: Uint8Array, start: number, end: number): boolean
  /** Confidence by form (and checksum) alone, 0 to 1, before field and context speak. */
  baseConfidence: number
  /** Lower-case words, split as in `customer.taxId` → customer, tax, id, that make a field's name telling. */
  fieldNames: string[]
  /** Lower-case words near the value in free text that raise confidence, by language. */
  contextWords: Record<string, string[]>
  /** Field names that speak against it: `orderId`, `trackingNumber`. */
  notFieldNames?: string[]
  /** Shows enough to recognise one's own: `DE89 **** **** **** **30 00`. Gets the value as matched. */
  mask(value: string): string
  /**
   * Writes the value's one canonical form to `out` and returns its length: same value, same bytes, before they are
   * hashed. Absent: letters and digits only, in upper case.
   */
  normalise?(bytes: Uint8Array, start: number, end: number, out: Uint8Array): number
  /** Where form and checksum come from: standard, law or registry. */
  source: string
  examples: { good: string[]; bad: string[] }
}
