/** Bounds of what one view is read for. */
export const limits = {
  /** Places where the name of a class may stand that are judged. */
  strings: 256,
} as const
