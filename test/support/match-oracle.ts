import { limits } from '../../src/scan/limits.ts'
import type { Pattern } from '../../src/scan/scanner.ts'

export type Offer = [pattern: number, start: number, end: number]
export type Accept = (pattern: number, start: number, end: number) => boolean

/** What a scanner must offer, by V8's engine tried on every substring of up to `longest` bytes. One character is one byte. */
export function expectedOffers(
  patterns: readonly Pattern[],
  text: string,
  accept: Accept,
  longest: number,
): Offer[] {
  const expressions = patterns.map((p) => new RegExp(`^(?:${p.expression})$`, p.ignoreCase ? 'i' : ''))
  const isWord = (at: number): boolean => /^[A-Za-z0-9]$/.test(text[at] ?? '')
  const taken = patterns.map(() => 0)
  const offers: Offer[] = []
  for (let start = 0; start < text.length; start++) {
    for (const [i, { boundary = 'word', onlyLongest = false }] of patterns.entries()) {
      if (taken[i] > start || (boundary === 'word' && isWord(start - 1))) continue
      let refused = 0
      const furthest = Math.min(text.length, start + longest)
      for (let end = furthest; end > start && refused <= limits.alternatives; end--) {
        if (boundary === 'word' && isWord(end)) continue
        if (!expressions[i].test(text.slice(start, end))) continue
        offers.push([i, start, end])
        if (accept(i, start, end)) {
          taken[i] = end
          break
        }
        if (onlyLongest) break
        refused++
      }
    }
  }
  return offers
}
