/** Bounds of reading PDF, beside those of all files. */
export const limits = {
  /** Steps that an array and a dictionary count as: what they take is memory. */
  arraySteps: 4,
  dictionarySteps: 8,
  /** Steps that showing a string counts as, beside those of reading it. */
  showSteps: 6,
  /** Indirect objects, those in object streams included. */
  objects: 200_000,
  /** Arrays and dictionaries within each other. */
  depth: 32,
  /** Bytes of a name or word, and of a string, that are kept. */
  nameBytes: 128,
  stringBytes: 65_536,
  /** Encodings of one stream. */
  filters: 4,
  /** Levels of the tree of pages, and of forms within forms. */
  pageDepth: 32,
  formDepth: 6,
  pages: 5000,
  /** Characters of one page's pieces. */
  pageLetters: 500_000,
  /** Fonts of a document. */
  fonts: 1000,
  /** Codes of one font that its map gives a text. */
  mappedCodes: 65_536,
  /** Operands of one operator. */
  operands: 64,
  /** States that a page keeps for later, `q`. */
  savedStates: 64,
} as const
