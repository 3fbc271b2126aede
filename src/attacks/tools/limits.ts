/** Bounds of what one view is read for. */
export const limits = {
  /** Parameters of a query that are looked at. */
  parameters: 64,
} as const
