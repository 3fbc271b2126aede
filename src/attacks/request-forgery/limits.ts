/** Bounds of what one view is read for. */
export const limits = {
  /** Addresses that are judged. */
  addresses: 16,
  /** Characters of a host that are read. */
  hostLength: 256,
} as const
