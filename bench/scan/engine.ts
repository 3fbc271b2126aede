import type { Pattern } from '../../src/scan/scanner.ts'

/** Another engine, with the same patterns compiled. */
export interface Engine {
  name: string
  /** Patterns that it cannot take. */
  refused: readonly Pattern[]
  compileMs: number
  /** How what `scan` counts is called: matches as ours has them, or what the engine can tell. */
  counts: string
  /**
   * Makes ready whatever the engine needs of a content; the function scans it once, all patterns, and says how many
   * were counted. -1 where counting is not part of the scan.
   */
  prepare(content: Content): () => number
  close(): void
}

/** The same bytes in both shapes. They are ASCII, so positions agree. */
export interface Content {
  text: string
  bytes: Buffer
}

/** An engine that is not here: what it is called, and why. */
export interface Missing {
  name: string
  missing: string
}

/** Opening one may find that its library is not installed. */
export type OpenEngine = (patterns: readonly Pattern[]) => Engine | Missing

/**
 * The pattern's expression with its word boundary, for engines that know neither looking back nor looking ahead: the byte
 * before and the byte after, if there are any, are part of the match.
 */
export function boundedExpression({ expression, boundary = 'word' }: Pattern): string {
  return boundary === 'word' ? `(?:^|[^A-Za-z0-9])(?:${expression})(?:[^A-Za-z0-9]|\\z)` : `(?:${expression})`
}
