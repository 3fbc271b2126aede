/** Bounds of what is told to others. */
export const notifyLimits = {
  /** Notices that wait for one channel; of more the oldest go, which is counted and told in the log. */
  waiting: 200,
  /** One may take so long, and answer so many bytes. */
  sendMs: 10_000,
  answerBytes: 65_536,
  /** Between two tries, and how often one notice is tried: some nine hours in all. */
  retryMs: { first: 2_000, most: 10 * 60_000 },
  tries: 64,
  /** Characters of a message for syslog: what RFC 5424 section 6.1 says that every receiver takes. */
  syslogBytes: 2_048,
} as const
