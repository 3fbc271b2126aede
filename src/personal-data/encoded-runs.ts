import type { Pattern } from '../scan/scanner.ts'

/** Characters of base64 and base64url that a pattern ends in, a whole number of bytes with their padding. */
export const encodedRunCharacters = 22

const character = '[A-Za-z0-9+/_-]'

/**
 * How contents with a structure begin once they are encoded. Each is a pattern of its own, which costs the scanner less than one
 * for all; together 1 to 2 % on pages, scripts and embedded images. Not here: SQL and mail (`SELECT`, `From`), XML that
 * begins with any name: each of these costs 3 % and more. What text becomes has no beginning but a pattern, `asciiText`.
 */
const beginnings: readonly string[] = [
  // {" and { before white space; [{ [" [[ and [ before white space.
  ...['ey[IJAB]', 'ew[o0k]', 'W3[st]', 'Wy[IJAB]', 'W1[st]', 'Ww[o0k]'],
  // <? <!D <ht <samlp: <soap
  ...['PD9', 'PCFE', 'PGh0', 'PHNhbWx', 'PHNvYXA'],
  // gzip, zlib, PDF, ZIP, PEM, Avro.
  ...['H4sI', 'eJ[wyzx]', 'JVBERi', 'UEsDB', 'LS0tL', 'T2Jq'],
]

/** Names of fields that hold contents, encoded or not. */
const names: readonly string[] = [
  ...['data', 'payload', 'body', 'content', 'contents', 'message', 'msg', 'blob', 'base64', 'b64', 'encoded'],
  ...['value', 'secret', 'document', 'attachment', 'text', 'note', 'notes', 'comment', 'claims', 'state'],
  ...['raw', 'record', 'event', 'request', 'response', 'bytes', 'password', 'credentials', 'cursor'],
]

/** Characters of the alphabet whose values have certain bits. */
function charactersWhere(holds: (sextet: number) => boolean): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return `[${[...alphabet].filter((_, sextet) => holds(sextet)).join('')}]`
}

/** ASCII text encoded: of each three bytes the first bits are 0, and the first byte is no control character. */
const asciiText = [
  ...Array.from({ length: 5 }, () => [
    charactersWhere((sextet) => sextet >= 8 && sextet < 32),
    charactersWhere((sextet) => (sextet & 8) === 0),
    charactersWhere((sextet) => (sextet & 2) === 0),
    character,
  ]).flat(),
  charactersWhere((sextet) => sextet >= 8 && sextet < 32),
  charactersWhere((sextet) => (sextet & 8) === 0),
].join('')

/**
 * Where a run of base64 begins whose content is worth a look: by how structures begin and what text becomes, behind what ends a
 * word; by what declares it (`;base64,`, `Basic `); and in fields that are called after contents. The run begins
 * `encodedRunCharacters` before the end of a match.
 */
export const encodedRunPatterns: readonly Pattern[] = [
  { id: 'base64-text', expression: `["'=>]${asciiText}`, boundary: 'none' },
  ...beginnings.map((beginning) => ({
    id: `base64-${beginning}`,
    expression: `["'>=\\n ]${beginning}${character}{${encodedRunCharacters - characters(beginning)}}`,
    boundary: 'none' as const,
  })),
  {
    id: 'base64-declared',
    expression: `(?:;base64,|[Bb]asic )${character}{${encodedRunCharacters}}`,
    boundary: 'none',
  },
  {
    id: 'base64-field',
    expression: `(?:${names.join('|')})" ?: ?"${character}{${encodedRunCharacters}}`,
    boundary: 'none',
    ignoreCase: true,
  },
]

/** A class stands for one. */
function characters(expression: string): number {
  return expression.replaceAll(/\[[^\]]*\]/g, 'x').length
}
