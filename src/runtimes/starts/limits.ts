/** Bounds of starts that are held. */
export const startLimits = {
  /** What a runtime says of a container: runc writes some 400 bytes and its annotations. */
  stateBytes: 256 * 1024,
  /** A bundle's `config.json`: Docker writes some 10 kB. */
  configBytes: 1024 * 1024,
  /** Characters of why one is refused. */
  refusalLength: 500,
  /** Starts that are held at once; one more goes on at once. */
  held: 256,
  /** Until whoever waits has opened its end of the pipe, and how often it is looked for. */
  answerMs: 1000,
  answerPollMs: 2,
} as const
