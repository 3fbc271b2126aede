/** Bounds of judging attacks. */
export const limits = {
  /** Points that make an attack of a request: one sure reason, or several weak ones. */
  threshold: 5,
  /** Bytes of a value that are judged at once; longer ones are judged in windows. */
  windowBytes: 16_384,
  /** Bytes that a window shares with the one before it. */
  overlapBytes: 1_024,
  /** Windows of one value; what is behind them is counted as not judged. */
  windows: 64,
  /** Views of one window: as it is, and after decodings. */
  views: 8,
  /** Characters from which on a text is long, and its views. */
  longText: 2_048,
  viewsOfLongText: 3,
  /** Decodings taken off one after another. */
  decodings: 4,
  /** Characters of a value that is base64 or hexadecimal as a whole, at least. */
  encodedCharacters: 10,
  /** Characters of a field's name that are kept. */
  nameBytes: 64,
  /** Names of parameters, headers and fields that are known by their bytes. */
  internedNames: { values: 1_024, valueBytes: 64 },
  /** Bytes of the first line of a multipart body, which is its delimiter (RFC 2046 section 5.1.1). */
  boundaryBytes: 74,
  /** Bytes of the head of a part. */
  partHeadBytes: 4_096,
  /** First bytes of a file that are looked at. */
  fileHeadBytes: 1_024,
  /** Segments of a path that are judged one by one. */
  pathSegments: 32,
  /** Characters of a sample. */
  sampleCharacters: 64,
  /** Values that are remembered as harmless, and the longest of them; header lines, and all of a request's as one. */
  cleanValues: { values: 1_024, valueBytes: 512 },
  cleanLines: { values: 512, valueBytes: 512 },
  cleanHeads: { values: 128, valueBytes: 2_048 },
  /** Tokens of SQL that are read of one value; what is longer than that is judged by its beginning. */
  sqlTokens: 4_096,
  /** Parentheses within parentheses. */
  sqlDepth: 128,
  /** Characters of a qualified name that are put together. */
  sqlNameCharacters: 64,
  /** Words next to each other, none of which SQL knows, beyond which a text is prose. */
  sqlUnknownWords: 3,
} as const
