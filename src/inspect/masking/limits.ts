/** Bounds of masking the packets of a file. */
export const limits = {
  /** Values of one flow that are looked for again, in bytes together: beyond, its payload is covered. */
  valueBytes: 1024 * 1024,
  /** Shorter values stand in many places that mean something else: they are masked where they were found. */
  sweptBytes: 6,
  /** How often what is masked is inspected again. */
  rounds: 4,
} as const
