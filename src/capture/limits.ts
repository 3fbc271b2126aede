const KiB = 1024
const MiB = 1024 * KiB

/** Bounds of recording packets. What does not fit is counted and told with the file. */
export const captureLimits = {
  /** What is remembered of each workload for when something is found: so long, and at most so much. */
  ringUs: 10_000_000,
  ringBytes: MiB,
  /** Rings begin with so much and double as there is traffic. */
  firstRingBytes: 32 * KiB,
  /** Memory for the rings of one worker. */
  ringsBytes: 32 * MiB,
  /** How long a capture that began by itself goes on after what was found, and how much it takes beside the ring. */
  afterUs: 10_000_000,
  afterBytes: MiB,
  /** Captures of one workload that begin by themselves, in an hour. */
  automaticPerHour: 12,
  /** A file in which personal data is masked: it is in memory until it is whole, and inspected in one go. */
  maskedBytes: 2 * MiB,
  /** Captures that one worker writes at once. */
  active: 64,
  /** Bytes that a worker collects of a file before it hands them on. */
  partBytes: 256 * KiB,
  /** Bytes of parts that wait for the connection of an enforcer; what comes then is dropped and counted. */
  waitingBytes: 16 * MiB,
  /** Longest filter, and depth of its parentheses. */
  filterLength: 1024,
  filterDepth: 32,
  /** Plain bytes of one sealed chunk. */
  chunkBytes: 256 * KiB,
  /** Files of one enforcer and of all, in bytes; the oldest go first. */
  nodeBytes: 256 * MiB,
  totalBytes: 1024 * MiB,
  /** Files in all. */
  files: 4096,
  /** Bytes that are shown of one packet where people look at it. */
  shownBytes: 2048,
  /** How long a file is kept. */
  keptMs: 7 * 86_400_000,
} as const
