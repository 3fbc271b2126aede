/** Bounds of what one view is read for. */
export const limits = {
  /** Characters of an expression that are read. */
  expressionLength: 512,
  /** Expressions that are judged. */
  expressions: 128,
  /** Characters of a lookup that are read. */
  lookupLength: 256,
  /** Lookups that are resolved. */
  lookups: 64,
} as const
