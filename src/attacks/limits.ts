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
  /** Decodings taken off one after another. */
  decodings: 4,
  /** Characters of a value that is base64 or hexadecimal as a whole, at least. */
  encodedCharacters: 10,
  /** Tokens of SQL that are read of one value; what is longer than that is judged by its beginning. */
  sqlTokens: 4_096,
  /** Parentheses within parentheses. */
  sqlDepth: 128,
  /** Characters of a qualified name that are put together. */
  sqlNameCharacters: 64,
  /** Words next to each other, none of which SQL knows, beyond which a text is prose. */
  sqlUnknownWords: 3,
} as const
