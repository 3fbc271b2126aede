import type { Pattern } from '../scan/scanner.ts'

/** Characters of base64 and base64url that a pattern ends in, a whole number of bytes with their padding. */
export const encodedRunCharacters = 22

const character = '[A-Za-z0-9+/_-]'

/**
 * How contents with a structure begin once they are encoded: three characters, or the bytes' first 18 bits. JSON with and
 * without white space, XML and HTML, gzip, zlib, zstd, Avro, PEM and PDF, vCard, HL7 v2, mail, SQL.
 */
const beginnings: readonly string[] = [
  // {" { and {\n, {\r, {\t; [{ [" [[ and [ before white space.
  ...['ey[IJAB]', 'ew[o0k]', 'W3[st]', 'Wy[IJAB]', 'W1[st]', 'Ww[o0k]'],
  // <? <! and < before a letter.
  ...['PD9', 'PCE', `P[E-H]${character}`],
  ...['H4s', 'eJ[wyzx]', 'eAE', 'eF4', 'eNo', 'KLU', 'T2J', 'LS0', 'JVB', 'UEs'],
  ...['QkV', 'TVN', 'RnJ', 'U0V', 'SU5'],
]

/** Names of fields that hold contents, encoded or not. */
const names: readonly string[] = [
  ...['data', 'payload', 'body', 'content', 'contents', 'message', 'msg', 'blob', 'base64', 'b64', 'encoded'],
  ...['value', 'secret', 'document', 'attachment', 'text', 'note', 'notes', 'comment', 'claims', 'state'],
  ...['raw', 'record', 'event', 'request', 'response', 'bytes', 'password', 'credentials', 'cursor'],
]

/**
 * Where a run of base64 begins whose content is worth a look: behind what ends a word, by how structures begin; by what
 * declares it (`;base64,`, `Basic `); and in fields that are called after contents. These are rare in texts, so that
 * looking for them costs nothing that can be measured. The run begins `encodedRunCharacters` before the end of a match.
 */
export const encodedRunPatterns: readonly Pattern[] = [
  {
    id: 'base64-structure',
    expression: `["'>=\\n ](?:${beginnings.join('|')})${character}{${encodedRunCharacters - 3}}`,
    boundary: 'none',
  },
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
