/** Bounds of one connection's state. What is beyond is still inspected as text, only its field is not named. */
export const limits = {
  /** Longest message that is taken apart; a longer one is inspected as it streams by. */
  messageBytes: 262_144,
  /** Prepared statements and portals whose columns and parameters are remembered. */
  statements: 512,
  /** Requests that wait for the server's answer. */
  pending: 1024,
  /** Columns of a result and parameters of a statement that are named. */
  columns: 1024,
  /** Characters kept of a user, database or application name. */
  nameChars: 128,
  /** A start-up packet longer than this is none (PostgreSQL's own MAX_STARTUP_PACKET_LENGTH is 10,000). */
  startupBytes: 10_000,
} as const
