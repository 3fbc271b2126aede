/** Bounds of rules in the form of Suricata and Snort, and of what they do with a message. */
export const signatureLimits = {
  /** Files, characters of one, rules of all, and characters of one of them. */
  files: 256,
  fileCharacters: 64 * 1024 * 1024,
  rules: 60_000,
  ruleCharacters: 16_384,
  /** Contents and patterns of one rule. */
  tests: 64,
  /** Characters of the body that rules see. */
  bodyCharacters: 128 * 1024,
  /** States of one table of literals, below what `LiteralSet` can have. */
  literalStates: 60_000,
  /** Characters of the literal by which a rule is found: longer ones tell no more. */
  literalCharacters: 24,
  /** Characters that one rule may look through for each that its buffer has, and besides; then it has not matched. */
  passes: 16,
  work: 4_096,
  /** Counts of rules with a threshold, by rule and address; the oldest goes first. */
  counts: 8_192,
} as const
