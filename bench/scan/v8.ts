import type { Pattern } from '../../src/scan/scanner.ts'
import type { Content, Engine } from './engine.ts'

/** V8's regular expressions, one after the other as a plain program would run them. */
export function openV8(patterns: readonly Pattern[]): Engine {
  const started = performance.now()
  const expressions = patterns.map(toExpression)
  return {
    name: 'V8 regular expressions',
    refused: [],
    compileMs: performance.now() - started,
    counts: 'matches',
    prepare:
      ({ text }: Content) =>
      () => {
        let matches = 0
        for (const expression of expressions) {
          expression.lastIndex = 0
          while (expression.exec(text) !== null) matches++
        }
        return matches
      },
    close: () => undefined,
  }
}

function toExpression({ expression, ignoreCase, boundary = 'word' }: Pattern): RegExp {
  const bounded =
    boundary === 'word' ? `(?<![A-Za-z0-9])(?:${expression})(?![A-Za-z0-9])` : `(?:${expression})`
  return new RegExp(bounded, ignoreCase === true ? 'gi' : 'g')
}
