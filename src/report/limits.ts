/** Bounds of reports. */
export const reportLimits = {
  /** Proofs that are listed with a state: the newest. All count. */
  evidenceShown: 10,
  /** Parts of a period whose states are shown, each of a day or more. */
  slices: 12,
  /** Rows of a table that are printed; the others are in the data within the file. */
  printedRows: 2_000,
  /** Rows after which others have their turn: a row takes some milliseconds. */
  rowsAtOnce: 20,
} as const
