/**
 * A pattern for the scanner. The expression is a byte-wise regular expression in the RE2 subset without anchors,
 * captures or back-references; see readme.md of this folder for what is supported and how a prefilter is chosen.
 */
export interface Pattern {
  /** Stable name, for reports and errors. */
  id: string
  expression: string
  ignoreCase?: boolean
  /** `word` (the default): no ASCII letter or digit may stand directly before or after a match. */
  boundary?: 'word' | 'none'
  /**
   * True to look for it by something behind its beginning, whatever is rarer: for a long list of words before a mark that
   * all of them share, which then is looked for once.
   */
  anchorInside?: boolean
  /** True to be offered the longest match at a start alone, whatever the sink says to it: many ends then cost no more than one. */
  onlyLongest?: boolean
}

/** One match. The scanner reuses the object and its bytes: take what is needed, keep neither. */
export interface Match {
  /** Index in the compiled set. */
  pattern: number
  /** The match lies in `bytes[start, end)`: the bytes given, or a window of the scanner's own where writes meet. */
  bytes: Uint8Array
  start: number
  end: number
  /** Context: what is known of the content around the match lies in `bytes[from, to)`. */
  from: number
  to: number
  /** Position of the match's first byte in the content, counted over all writes. */
  offset: number
}

export interface MatchSink {
  /**
   * Called in order of the start of matches. True takes the match: shorter ones at the same start, and others of the
   * pattern that start inside it, are then not offered. False refuses it (a checksum fails): they are offered next.
   */
  match(match: Match): boolean
  /**
   * Bytes that no further match starts in, in order, each byte once: before a match, all that lies before its start.
   * A stream passes every byte; `scan` passes none after the last match, so that a content without any costs nothing. The
   * 192 bytes before `start`, the longest match, are still there, as far as the content has them.
   */
  pass(bytes: Uint8Array, start: number, end: number): void
}

/** All patterns of a set, compiled. One at a time: a sink must not scan with the scanner that called it. */
export interface Scanner {
  readonly patterns: readonly Pattern[]
  /** A region of the memory that the scanner reads: bytes that lie there are scanned without a copy. */
  allocate(sizeBytes: number): Uint8Array<ArrayBuffer>
  /** Scans a whole content, `bytes[start, end)`. */
  scan(bytes: Uint8Array, start: number, end: number, sink: MatchSink): void
  /** For a content that comes in pieces. Holds at most 1 KB; `reset` makes it fit for the next content. */
  createStream(): StreamScanner
  /** Gives its memory back, when another set takes its place. Neither it nor its streams can be used after. */
  release(): void
}

/** Finds what `scan` would find in all writes put together, wherever they are cut. */
export interface StreamScanner {
  write(bytes: Uint8Array, start: number, end: number, sink: MatchSink): void
  /** The content ends here: what was undecided is decided. */
  close(sink: MatchSink): void
  /** Forgets everything, for the next content. */
  reset(): void
  /** What was written last, as far as it is kept; valid until the next call. */
  readonly kept: KeptBytes
}

/** The end of a content, of which it is not decided yet what matches there. */
export interface KeptBytes {
  bytes: Uint8Array
  end: number
  /** In `bytes[0, end)`: all matches that start before were offered. */
  undecided: number
}
