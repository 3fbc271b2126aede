/** Every time and bound of `pavise up`. */
export const upLimits = {
  /** From the signal to the end, whatever hangs; and of that for the enforcer to send what it has. */
  stopMs: 1_900,
  enforcerStopMs: 1_200,
  /** A signal that comes again within it is the same one by another way. */
  sameSignalMs: 500,
  /** Waiting before an enforcer that ended is started again: doubled each time, anew after it ran so long. */
  restartMs: { first: 500, most: 30_000, forgottenAfter: 60_000 },
  /** A line that the enforcer writes to its standard error. */
  enforcerLineBytes: 16 * 1024,
  /** Between two frames, two looks for what is new, two summaries in a log, two signs of life. */
  frameMs: 1_000,
  factsMs: 1_000,
  summaryMs: 60_000,
  touchMs: 10_000,
  notices: 50,
} as const
