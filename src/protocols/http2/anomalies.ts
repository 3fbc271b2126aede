/** What is off in HTTP/2 itself. What is off in its messages has the codes of HTTP/1. */
export const Anomaly = {
  /** The connection was picked up without its beginning: fields that the tables would tell are not known. */
  pickedUp: 'http2-picked-up',
  /** A field stood in a table by what was not seen. */
  fieldUnknown: 'http2-field-unknown',
  compression: 'http2-field-compression',
  fieldTooLarge: 'http2-field-too-large',
  headTooLarge: 'http2-head-too-large',
  headMemory: 'http2-head-memory',
  headIncomplete: 'http2-head-incomplete',
  tooManyFields: 'http2-too-many-fields',
  tableTooLarge: 'http2-table-too-large',
  pseudoField: 'http2-pseudo-field',
  fieldCharacter: 'http2-field-character',
  fieldName: 'http2-field-name',
  transferEncoding: 'http2-transfer-encoding',
  connectionField: 'http2-connection-field',
  authorityConflict: 'http2-authority-conflict',
  lengthMismatch: 'http2-length-mismatch',
  frameSize: 'http2-frame-size',
  frameOrder: 'http2-frame-order',
  frameUnknown: 'http2-frame-unknown',
  padding: 'http2-padding',
  streamClosed: 'http2-stream-closed',
  streamUnasked: 'http2-stream-unasked',
  streamId: 'http2-stream-id',
  tooManyStreams: 'http2-too-many-streams',
  push: 'http2-push',
} as const
export type Anomaly = (typeof Anomaly)[keyof typeof Anomaly]
