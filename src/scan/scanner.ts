/**
 * A pattern for the scanner. The expression is a byte-wise regular expression in the RE2 subset without anchors,
 * captures or back-references; see readme.md of this folder for what is supported and how a prefilter is chosen.
 */
export interface Pattern {
  /** Stable name, for reports and errors. */
  id: string
  expression: string
  ignoreCase?: boolean
  /** Bytes that may not stand directly before or after a match; default: ASCII letters and digits. */
  boundary?: 'word' | 'none'
}

/** Receives matches; `pattern` is the index in the compiled set, positions count in `bytes`. Must not keep `bytes`. */
export interface MatchSink {
  /**
   * `streamOffset` is the position of `bytes[0]` in the stream, so `streamOffset + start` places the match; context of up
   * to `limits.contextBytes` around it lies in `bytes` between `from` and `to`.
   */
  match(pattern: number, bytes: Uint8Array, start: number, end: number, from: number, to: number): void
}
