/** A letter, digit or blank, or the beginning, and what NeuVector takes for a wildcard behind it. */
const wildcard = /(^|[A-Za-z0-9\s])(\?+|\*)/g

/**
 * What NeuVector makes of a DLP pattern when it takes it in: behind a letter, digit, blank or at the beginning, `*` becomes
 * `.*`, one `?` becomes `.`, several become `.*`. So `\d*` reads `\d.*` there, and has to read so here. Letters beyond ASCII do
 * not count, for NeuVector counts bytes; what it has exported stays as it is.
 */
export function expandWildcards(expression: string): string {
  return expression.replace(
    wildcard,
    (_, before: string, marks: string) => before + (marks === '?' ? '.' : '.*'),
  )
}
