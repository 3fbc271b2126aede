/** Bounds of the PostgreSQL parser. What is beyond is still inspected as text, only its field is not named. */
export const limits = {
  /** Longest message that is taken apart; a longer one is inspected as it streams by. */
  messageBytes: 262_144,
  /** Bytes that incomplete messages of all connections of a thread may hold. */
  collectedBytes: 64 * 1024 * 1024,
  /** Buffers of incomplete messages that are kept for the next one. */
  pooled: 256,
  /** Bytes that a client sends behind its request for encryption before the server's answer: a long ClientHello. */
  earlyBytes: 16_384,
  /** Longest message that a connection is found back into step by. */
  searchedBytes: 8192,
  /** Longest value of a binary COPY that is put together. */
  valueBytes: 65_536,
  /** Prepared statements and portals of a connection whose columns and parameters are remembered. */
  statements: 512,
  /** Names of columns and parameters that all connections of a thread remember of their statements. */
  rememberedNames: 1_048_576,
  /** Requests that wait for the server's answer. */
  requests: 4096,
  /** Turns in which the client waited for ReadyForQuery before names are trusted again after a loss. */
  quietTurns: 2,
  /** Columns of a result and parameters of a statement that are named. */
  columns: 1024,
  /** Characters kept of a user, database or application name, of a column, a statement or a portal. */
  nameChars: 128,
  /** A start-up packet longer than this is none (PostgreSQL's own MAX_STARTUP_PACKET_LENGTH is 10,000). */
  startupBytes: 10_000,
  /** Descriptions of rows, texts of statements and names that are known by their bytes, for all connections of a thread. */
  interned: { values: 1024, valueBytes: 2048 },
} as const
