/** A content without personal data. */
export interface BenignText {
  /** Where it comes from, for whoever has to look at what was found in it. */
  name: string
  bytes: Buffer
}
