import { parseExpression } from '../expression/parse.ts'
import { ScanError } from '../scan-error.ts'
import type { Match, Pattern } from '../scanner.ts'
import { Confirmation } from './confirmation.ts'
import { parsePcre } from './parse.ts'
import { relaxedExpression, trimmed } from './relaxed.ts'
import { hasConditions } from './syntax.ts'

/** A pattern in Perl's syntax, ready for the scanner. */
export interface PcrePattern {
  /** What to scan for: wherever the pattern matches, this does. */
  pattern: Pattern
  /** Where a match ends, as an index in its bytes; -1 where the conditions of the pattern refuse it. */
  endOf: (match: Match) => number
}

/**
 * Makes a pattern of PCRE one of the scanner's. Anchors, word boundaries and look-arounds are held against what the scanner
 * finds without them; all of it in linear time.
 *
 * @param id - names the pattern in errors: `sensor.x, rule.y, pattern 2`
 * @throws ScanError that says what is wrong, where, and what to write instead.
 */
export function compilePcre(id: string, text: string): PcrePattern {
  const node = trimmed(parsePcre(id, text))
  const expression = relaxedExpression(node)
  checkExpression(id, expression)
  const pattern: Pattern = { id, expression, boundary: 'none' }
  if (!hasConditions(node)) return { pattern, endOf: ({ end }) => end }
  const confirmation = new Confirmation(id, node)
  return { pattern, endOf: (match) => confirmation.endOf(match) }
}

/** What the scanner refuses is said of the pattern as its author wrote it. */
function checkExpression(id: string, expression: string): void {
  if (expression === '') throw matchesAnything(id)
  try {
    parseExpression({ id, expression })
  } catch (error) {
    if (!(error instanceof ScanError)) throw error
    if (error.code === 'PATTERN_MATCHES_EMPTY') throw matchesAnything(id)
    throw new ScanError(error.code, `${id}: the expression is too large with its repeats written out`, {
      cause: error,
      nextStep: 'Lower the counts, or make two patterns of it.',
    })
  }
}

function matchesAnything(id: string): ScanError {
  return new ScanError(
    'PATTERN_MATCHES_EMPTY',
    `${id}: the expression matches any content, even an empty one`,
    {
      nextStep: 'Make at least one part of it required.',
    },
  )
}
