/** What is off in a connection, by its code. */
export const Anomaly = {
  cleartextPassword: 'postgresql-cleartext-password',
  md5Password: 'postgresql-md5-password',
  /** More than `limits.earlyBytes` without an answer, or plain text before TLS (CVE-2021-23222). */
  earlyData: 'postgresql-early-data',
  malformedMessage: 'postgresql-malformed-message',
  malformedCopy: 'postgresql-malformed-copy',
  badLength: 'postgresql-bad-length',
  unknownMessage: 'postgresql-unknown-message',
  longMessage: 'postgresql-long-message',
  messageMemory: 'postgresql-message-memory',
  statementMemory: 'postgresql-statement-memory',
  gap: 'postgresql-gap',
  outOfStep: 'postgresql-out-of-step',
  requestOverflow: 'postgresql-request-overflow',
} as const
