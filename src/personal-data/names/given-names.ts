import { extendHash, hashText, letterAt, noWord } from '../judging/word-hash.ts'
import { namesByLanguage } from './given-name-lists.ts'

const known = new Set(
  Object.values(namesByLanguage).flatMap((names) => names.trim().split(/\s+/).map(hashText)),
)

/** Words that stand before a name and are none: titles and forms of address. */
const titles = new Set(
  'mr mrs ms miss dr prof sir madam herr frau monsieur madame mme mlle m senor senora sr sra don dona signor signora sig dott dottssa dhr mevr mevrouw pan pani ing mag dipl rev fr br st'
    .split(' ')
    .map(hashText),
)

/** Words of a text that are looked at: a title, what comes first, and what comes behind a comma. */
const wordsRead = 6

/**
 * Whether one of the words that a given name stands in is a common one: the first after any title, or the first after a
 * comma (`Meier, Anna`), or the last (`MEIER Anna`). Accents of Latin letters and case do not count.
 */
export function startsWithGivenName(bytes: Uint8Array, start: number, end: number): boolean {
  let words = 0
  let isFirst = true
  let last = noWord
  let at = start
  while (at < end && words < wordsRead) {
    let hash = noWord
    let letters = 0
    for (let letter = letterAt(bytes, at, end); letter !== 0 && at < end; letter = letterAt(bytes, at, end)) {
      hash = extendHash(hash, letter)
      at += bytes[at] >= 0x80 && letter < 0x80 ? 2 : 1
      letters++
    }
    if (letters > 0) {
      words++
      if (isFirst && known.has(hash)) return true
      isFirst = isFirst && titles.has(hash)
      last = hash
    }
    if (bytes[at] === 0x2c) isFirst = true
    at++
  }
  return words > 1 && known.has(last)
}
