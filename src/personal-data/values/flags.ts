import { Vocabulary, wordsOf } from './vocabulary.ts'

const yes = new Vocabulary(
  wordsOf({
    en: 'true, yes, y, t, positive',
    others: 'ja, j, oui, o, vrai, si, s, verdadero, vero, tak, prawda, sim, verdadeiro, sant, wahr, waar',
  }),
)

const no = new Vocabulary(
  wordsOf({
    en: 'false, no, n, f, negative',
    others: 'nein, non, faux, falso, nee, nie, nao, nej, falskt, falsch, onwaar',
  }),
)

const zero = 0x30

/** `true`, `1`, `ja`: what a field says that asks for yes or no. */
export function isYes(bytes: Uint8Array, start: number, end: number): boolean {
  return (end - start === 1 && bytes[start] === zero + 1) || isWordOf(yes, bytes, start, end)
}

/** The same, or its contrary. */
export function isYesOrNo(bytes: Uint8Array, start: number, end: number): boolean {
  const isZero = end - start === 1 && bytes[start] === zero
  return isZero || isYes(bytes, start, end) || isWordOf(no, bytes, start, end)
}

/** A vocabulary knows letters only, and `f` is also in `#f00`. */
function isWordOf(words: Vocabulary, bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] | 0x20) < 0x61) return false
  return words.has(bytes, start, end)
}
