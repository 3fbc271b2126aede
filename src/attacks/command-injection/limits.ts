/** Bounds of reading a text as a shell does. */
export const limits = {
  /** Characters of a word that are read. */
  wordLength: 160,
  /** Characters of a `${…}` within a word. */
  expansionLength: 64,
  /** Blanks, brackets and such before a command that are skipped. */
  beforeCommand: 32,
  /** Places of one view where a command may begin that are judged. */
  commands: 1024,
} as const
