/** Bounds of reports. */
export const reportLimits = {
  /** Proofs that are listed with a state: the newest. All count. */
  evidenceShown: 10,
  /** Parts of a period whose states are shown, each of a day or more. */
  slices: 12,
} as const
