/** Bounds of what one view is read for. */
export const limits = {
  /** Declarations that are judged. */
  declarations: 64,
  /** Characters of a declaration that are read. */
  declarationLength: 1024,
} as const
