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
} as const
