/** Thresholds and times of `pavise doctor`. */
export const doctorLimits = {
  /** A container engine that does not answer by then does not answer. */
  engineAnswerMs: 2_000,
  engineAnswerBytes: 64 * 1024,
  /** What the store needs beside its data: its log while it writes, and room to prune. */
  storeSpareBytes: 512 * 1024 * 1024,
} as const
