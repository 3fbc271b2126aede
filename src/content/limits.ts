/** Bounds of the field trackers. What lies beyond is still inspected, its field is only named less exactly. */
export const limits = {
  /** Levels of nesting whose names are kept; deeper ones read as `…`. */
  depth: 24,
  /** Bytes of a key, element, column or part name that are kept. */
  nameBytes: 64,
  /** Paths of fields that are remembered, of all contents together. */
  knownPaths: 2048,
  /** Letters that a word of `field-words.ts` has at least to be found at the end of another: `datum` in `geburtsdatum`. */
  compoundEndLetters: 5,
  /** Columns of a table whose header names are kept. */
  columns: 256,
  /** Bytes of a whole value that is judged by its field; longer ones are none that a field's name could tell. */
  valueBytes: 128,
  /** Bytes of one part's head in a multipart body. */
  partHeadBytes: 4096,
  /** Longest multipart boundary, RFC 2046 section 5.1.1. */
  boundaryBytes: 70,
  /** Characters that a run of base64 has at least to be decoded, padding included. */
  base64Characters: 24,
  /** Characters of a line of base64 behind which the next one belongs to it. */
  base64LineCharacters: 60,
  /** First bytes of what was decoded that say whether it is anything to be inspected. */
  encodedHeadBytes: 18,
  /** Bytes of one header of a message, folded lines included, that are looked at for its media type. */
  mailHeaderBytes: 1024,
  /** Multiparts within multiparts of a message whose parts are told apart. */
  mailNesting: 8,
  /** Bytes by which a protocol buffer tells whether what has a length is a message. */
  protobufWindowBytes: 512,
  /** Longest schema of an Avro file that is read, and how deep it may be nested. */
  avroSchemaBytes: 65_536,
  avroSchemaDepth: 48,
  /** Bytes of one content that wait to be read for its fields; when more come, these are read. */
  keptBytes: 65_536,
  /** Longest COPY statement whose options are read. */
  copyStatementBytes: 8192,
  /** Contents that keep bytes at one time, 16 MiB in all; further ones are read at once. */
  keptBlocks: 256,
} as const
