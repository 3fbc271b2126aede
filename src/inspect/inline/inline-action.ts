/** What is to be done with a packet that waits. */
export const InlineAction = {
  pass: 0,
  drop: 1,
  /** Drop it, and send what `InlineInspector.resets` holds: both ends are told at once that the connection is over. */
  reset: 2,
  /** Pass it; no further packet of its connection needs a look. */
  release: 3,
  /** Drop it, and send what `InlineInspector.resets` holds: its sender is answered in the name of its receiver, which is told that it is over. */
  answer: 4,
} as const
export type InlineAction = (typeof InlineAction)[keyof typeof InlineAction]
