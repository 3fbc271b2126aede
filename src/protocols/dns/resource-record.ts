import type { Name } from './name.ts'

/** Question, or one of the three sections of records (RFC 1035 section 4.1). */
export const Section = { answer: 1, authority: 2, additional: 3 } as const
export type Section = (typeof Section)[keyof typeof Section]

/** One record of the message at hand; reused for the next. Offsets are into the bytes of the message. */
export interface ResourceRecord {
  section: Section
  readonly owner: Name
  type: number
  class: number
  /** Seconds; a value with the highest bit set counts as 0 (RFC 2181 section 8). */
  ttl: number
  /** Where the message begins: compression pointers count from here. */
  message: number
  dataStart: number
  dataEnd: number
}
