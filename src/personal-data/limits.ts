/** Bounds of detection. */
export const limits = {
  /** Overlapping claims that are held until it is known which of them wins; more than these, and the earliest is decided. */
  pendingClaims: 8,
  /** Field names whose reading is remembered. */
  knownFields: 4096,
  /** Bytes of a field's name that are read, from its end: the leaf tells most. */
  fieldNameBytes: 256,
  /** Bytes before a value in free text that a label such as `IBAN:` may take. */
  labelBytes: 40,
  /** Bytes of an unquoted value behind its label that are looked at for its end: the context that a match is given. */
  labelledBytes: 64,
  /** Bytes of a value that goes on behind its match, from which on it is judged by how it begins. */
  cutValueBytes: 80,
  /** The same in an array; no more of it is looked at. */
  arrayValueBytes: 110,
  /** Longest canonical form of a value: the longest match. */
  normalisedBytes: 192,
  /** End of a text in pieces that is kept, so that names and addresses in it are seen whole; made only for texts. */
  textKeptBytes: 1024,
  /** Of a text, what is seen behind a word before it is decided about: the longest match of another, and an address. */
  textAheadBytes: 448,
  /** And before it. */
  textBeforeBytes: 96,
  /** Distinct values that are counted exactly; beyond, a sketch of 16 KB estimates. */
  exactDistinct: 1024,
  /** Kinds of identifiers of one record that are linked, and in a sketch of persons; what comes beyond is not counted by. */
  subjectKinds: 8,
  sketchedKinds: 16,
  /** Characters of a sketch of persons. Of a table of a million rows with five identifiers each it takes 82 thousand. */
  sketchLength: 256 * 1024,
} as const
