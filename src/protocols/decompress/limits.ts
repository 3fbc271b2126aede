/** Bounds of content decoding. Each hit ends the decoding of that content and is reported as its `DecodeProblem`. */
export const limits = {
  /** Encodings on top of each other; what needs more is a bomb or an evasion. */
  layers: 2,
  /** Decoded bytes of one content. */
  decodedBytes: 256 * 1024 * 1024,
  /** Output per input byte of a layer, looked at once `ratioFromBytes` came out. Deflate itself ends at 1032:1. */
  ratio: 100,
  ratioFromBytes: 1024 * 1024,
  /** Memory that all open decoders of a thread may hold, counted by what their windows can grow to. */
  memoryBytes: 256 * 1024 * 1024,
  /** Largest window of zstd in HTTP, as a power of two: 8 MiB (RFC 9659 section 3). */
  zstdWindowLog: 23,
  /** Input given to the native decoder at once: when it fails, what this much input gave is lost. */
  inputSliceBytes: 2048,
  /** First input of a format without a magic number, collected before it is decoded: what fails in it is no such format. */
  provingBytes: 512,
  /** Output buffer of each layer, one a thread. */
  outputBytes: 64 * 1024,
  /** Decoders kept for reuse, of each format. */
  pooled: 32,
} as const
