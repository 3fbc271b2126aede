/** Every bound of the server. */
export const serverLimits = {
  connections: 256,
  /** A request has to be there within this time; it has no body. */
  requestMs: 10_000,
  bodyBytes: 1_024,
  /** Between two signs of life on an event stream, and how long its reader may take nothing. */
  heartbeatMs: 15_000,
  stalledMs: 60_000,
  /** Events written at once before looking whether the reader keeps up. */
  streamChunkBytes: 64 * 1_024,
} as const
