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
