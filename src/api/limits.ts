/** Every bound of the server. */
export const serverLimits = {
  connections: 256,
  /** A request has to be there within this time, with its body. */
  requestMs: 10_000,
  /** How often it is looked whether a request takes too long. */
  checkMs: 2_000,
  /** A connection over which nothing goes for so long ends: nobody reads what is sent, or sends what was begun. */
  silenceMs: 60_000,
  /** Between two requests of a connection. */
  keepAliveMs: 30_000,
  bodyBytes: 64 * 1_024,
  /** Requests of one address, and tries to log in among them. */
  requests: { burst: 400, perSecond: 100 },
  logIns: { burst: 10, perSecond: 1 / 6 },
  /** Texts that one account has tried by the recognisers. */
  trials: { burst: 10, perSecond: 1 / 3 },
  /** Entries of the audit log that are verified at once. */
  auditStep: 5_000,
  /** Addresses whose rate is known at a time. */
  rateKeys: 10_000,
  /** Answers to changes with an `Idempotency-Key`, how long they are kept, and the longest key. */
  idempotencyKeys: 1_000,
  idempotencyMs: 24 * 60 * 60 * 1000,
  idempotencyKeyLength: 200,
  /** How often it is looked whether the reader of an event stream is still logged in. */
  streamCheckMs: 30_000,
  /** Between two signs of life on an event stream, and how long its reader may take nothing. */
  heartbeatMs: 15_000,
  stalledMs: 60_000,
  /** Events written at once before looking whether the reader keeps up. */
  streamChunkBytes: 64 * 1_024,
} as const
