/** Words of letters in a stretch of a text, counted up to `most`. */
export function countWords(text: string, start: number, end: number, most: number): number {
  let words = 0
  let isInWord = false
  for (let i = start; i < end && words < most; i++) {
    const code = text.charCodeAt(i)
    const isLetter = (code >= 0x61 && code <= 0x7a) || code > 0xa0
    if (isLetter && !isInWord) words++
    isInWord = isLetter
  }
  return words
}
