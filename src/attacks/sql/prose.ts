/** Letters of a word that people would write; SQL has many of fewer, in comments as well. */
const LEAST_LETTERS = 3

/** Words of letters in a stretch of a text, counted up to `most`. */
export function countWords(text: string, start: number, end: number, most: number): number {
  let words = 0
  let letters = 0
  for (let i = start; i < end && words < most; i++) {
    const code = text.charCodeAt(i)
    const isLetter = (code >= 0x61 && code <= 0x7a) || code > 0xa0
    letters = isLetter ? letters + 1 : 0
    if (letters === LEAST_LETTERS) words++
  }
  return words
}
