import { limits } from './limits.ts'
import { SqlTracker } from './sql.ts'

const DOLLAR = 0x24

/**
 * Field names of the numbered parameters of a statement: `$1 email` for `WHERE email = $1`, `$1` where the text does not
 * tell. Index 0 is `$1`.
 */
export function parameterFields(bytes: Uint8Array, start: number, end: number): string[] {
  const names: string[] = []
  if (bytes.indexOf(DOLLAR, start) < 0) return names
  const tracker = new SqlTracker()
  tracker.reset()
  let read = start
  for (let i = start; i < end; i++) {
    if (bytes[i] !== DOLLAR) continue
    tracker.read(bytes, read, i)
    read = i
    const number = parameterNumber(bytes, i + 1, end)
    if (number === 0 || number > limits.columns || !tracker.inCode) continue
    const field = tracker.field()
    while (names.length < number) names.push(`$${names.length + 1}`)
    if (field !== '') names[number - 1] = `$${number} ${field}`
  }
  return names
}

function parameterNumber(bytes: Uint8Array, start: number, end: number): number {
  let number = 0
  for (let i = start; i < end && i < start + 5 && bytes[i] >= 0x30 && bytes[i] <= 0x39; i++) {
    number = number * 10 + bytes[i] - 0x30
  }
  return number
}

const COPY = [0x63, 0x6f, 0x70, 0x79] // copy
const LONGEST_COPY_HEAD = 8192

/** Column names of `COPY table (a, b) FROM STDIN` or `… TO STDOUT`; `[]` for another statement or without a list. */
export function copyColumns(bytes: Uint8Array, start: number, end: number): string[] {
  let at = start
  while (at < end && bytes[at] <= 0x20) at++
  for (let i = 0; i < COPY.length; i++) if ((bytes[at + i] | 0x20) !== COPY[i]) return []
  const text = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + at,
    Math.min(end - at, LONGEST_COPY_HEAD),
  ).toString('utf8')
  const open = text.indexOf('(')
  const close = text.indexOf(')', open)
  const before = open < 0 ? '' : text.slice(0, open).trim().split(' ')
  // `COPY (SELECT …) TO` has no list, and a bracket behind FROM or TO holds options.
  if (before.length !== 2 || close < 0) return []
  return text
    .slice(open + 1, close)
    .split(',')
    .slice(0, limits.columns)
    .map(unquote)
}

function unquote(name: string): string {
  const trimmed = name.trim()
  return (trimmed.startsWith('"') ? trimmed.slice(1, -1) : trimmed).slice(0, limits.nameBytes)
}
