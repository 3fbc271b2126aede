import { isYesOrNo } from './flags.ts'
import { isPlaceholder } from './placeholder.ts'
import { shapeOf } from './value-shape.ts'
import type { Vocabulary } from './vocabulary.ts'

/** How sure one can be of a value of words by what it says, where nothing else is known. */
export const termConfidence = {
  /** It is a term of the kind. */
  known: 0.3,
  /** One of its words is. */
  partlyKnown: 0.2,
  /** Yes or no, where the field asks. A name that other things have as well does not ask enough. */
  answer: 0.1,
  /** Words, of which only the field tells what they are. Again its own name has to. */
  unknown: 0.06,
} as const

export interface TermRules {
  /** Terms that tell the kind by themselves. */
  known: Vocabulary
  /** Yes and no are the datum, too. */
  answers?: boolean
  /** Other words are none. */
  closed?: boolean
}

/** Bounds of what people write of themselves in words. */
const mostWords = 10
const longestWord = 30
const mostDigits = 4
const mostOthers = 4

/** How sure one can be of the value `bytes[start, end)` of a field that is to be filled with terms. */
export function confidenceOfTerm(
  bytes: Uint8Array,
  start: number,
  end: number,
  { known, answers = false, closed = false }: TermRules,
): number {
  const { digits, letters } = shapeOf(bytes, start, end)
  if (digits >= letters && digits > 1) return 0
  if (known.has(bytes, start, end)) return termConfidence.known
  if (isYesOrNo(bytes, start, end)) return answers ? termConfidence.answer : 0
  if (isPlaceholder(bytes, start, end) || !isWording(bytes, start, end)) return 0
  if (known.occursIn(bytes, start, end)) return termConfidence.partlyKnown
  return closed ? 0 : termConfidence.unknown
}

/** Whether a value is made of words, as people write them: no path, no call, no code. */
export function isWording(bytes: Uint8Array, start: number, end: number): boolean {
  const shape = shapeOf(bytes, start, end)
  if (shape.letters < 3 || shape.words === 0 || shape.words > mostWords) return false
  if (shape.longestWord > longestWord || shape.digits > mostDigits || shape.others > mostOthers) return false
  for (let at = start; at < end; at++) if (isOfCode(bytes, at, start, end)) return false
  return true
}

/** A bracket or sign that texts of people do not have, a dot that a letter follows at once, or a call's parenthesis. */
function isOfCode(bytes: Uint8Array, at: number, start: number, end: number): boolean {
  const byte = bytes[at]
  if (byte === 0x2e) return at + 2 < end && isSmall(bytes[at + 1]) && isSmall(bytes[at + 2])
  if (byte === 0x28) return at > start && isSmall(bytes[at - 1] | 0x20)
  return codeBytes.includes(byte)
}

function isSmall(byte: number): boolean {
  return byte >= 0x61 && byte <= 0x7a
}

const codeBytes = Uint8Array.from(Buffer.from('<>{}[]$@\\=#*^~|`"'))
