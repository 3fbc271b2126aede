/** Bounds of what one view is read for. */
export const limits = {
  /** Lines that are judged. */
  lines: 64,
} as const
