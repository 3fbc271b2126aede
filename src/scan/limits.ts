/** Bounds of the scanner. All are known when a set is compiled; none depends on what is scanned. */
export const limits = {
  /** Bytes that a match may reach before its anchor: the longest local part of an e-mail address, RFC 5321 section 4.5.3.1.1. */
  lookbehindBytes: 64,
  /** Bytes that a match may reach from its anchor on. What is longer is not found, or found only so far. */
  lookaheadBytes: 128,
  /** Context that a sink sees before and after a match, where the content has it. */
  contextBytes: 64,
  /** Shorter matches at one start that are offered after a sink refused the longest. */
  alternatives: 4,
  /** What a stream keeps of past writes: undecided bytes, those before them, and room to collect short writes in. */
  carryBytes: 640,
  /** Matches taken that a stream remembers so that it offers none that starts inside. */
  takenMatches: 8,
  /** Where bytes are copied to that do not lie in the scanner's memory. */
  stagingBytes: 65_536,
  /** In-place scanning pays from here on; shorter writes are copied next to what was carried. */
  inPlaceBytes: 4096,
  /** Address space of a scanner's memory; the kernel backs only what is touched. */
  memoryBytes: 64 * 1024 * 1024,
  /** Length of an expression's text, depth of its groups, largest count in a repeat, and positions after all are written out. */
  expressionLength: 16_384,
  groupDepth: 32,
  repeatCount: 256,
  positionsPerPattern: 16_384,
  /** Entries (states × byte classes) of one table automaton, addressed with 16 bits; more patterns take more automata. */
  tableEntries: 65_536,
  /** Work that building one may take; ten times that of the largest built-in pattern, and some 20 ms. */
  automatonSteps: 200_000,
} as const
