import type { ContentFormat } from '../../../src/model/content-format.ts'

/** A content without personal data. */
export interface BenignText {
  /** Where it comes from, for whoever has to look at what was found in it. */
  name: string
  /** As a protocol would say; by default its first bytes tell. */
  format?: ContentFormat
  bytes: Buffer
}
