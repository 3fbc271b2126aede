/** Codes of what is off in DNS. Stable: they are part of the records. Described in `readme.md`. */
export const Anomaly = {
  malformed: 'dns-malformed',
  malformedRecord: 'dns-malformed-record',
  trailingBytes: 'dns-trailing-bytes',
  compressionLoop: 'dns-compression-loop',
  compressionDepth: 'dns-compression-depth',
  compressionForward: 'dns-compression-forward',
  nameTooLong: 'dns-name-too-long',
  multipleOpt: 'dns-multiple-opt',
  reservedBit: 'dns-reserved-bit',
  responseWithoutQuery: 'dns-response-without-query',
  questionMismatch: 'dns-question-mismatch',
  questionsForgotten: 'dns-questions-forgotten',
  manyAnswers: 'dns-many-answers',
  messageGap: 'dns-message-gap',
  messageIncomplete: 'dns-message-incomplete',
  messageMemory: 'dns-message-memory',
} as const
export type Anomaly = (typeof Anomaly)[keyof typeof Anomaly]
