/** Bounds of rules in SecLang and of what they do with a request. */
export const limits = {
  /** Files of one set of rules, characters of one, and rules of all. */
  files: 256,
  fileCharacters: 4 * 1024 * 1024,
  rules: 10_000,
  /** Characters of a request's or response's body that rules see. */
  bodyCharacters: 128 * 1024,
  /** Values that a request is taken apart into, of all collections; the rest is not judged, and that is told. */
  values: 4_096,
  /** Steps that a pattern which is not linear may take on one value. */
  patternSteps: 200_000,
  /** Groups of a pattern that are kept (`TX.0` to `TX.9`). */
  captures: 10,
  /** Texts of a pattern with macros that are kept, and characters of one. */
  expandedPatterns: 32,
  expandedCharacters: 2_048,
  /** How deep macros are taken apart and JSON is nested. */
  macros: 64,
  jsonDepth: 64,
  /** Rules that a transaction tells to have matched, and values of one of them that are kept (`MATCHED_VARS`). */
  matchedRules: 512,
  matchedValues: 512,
  /** Transformed values that are kept for rules to come. */
  transformed: 8_192,
  /** Variables of `TX`. */
  transactionVariables: 1_024,
  /** Parts of a multipart body, and characters of the head of one. */
  parts: 256,
} as const
