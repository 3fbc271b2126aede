import { isDigit } from '../../lib/ascii.ts'
import { hashText } from '../judging/word-hash.ts'
import { AddressTail, isPartEnd, isYear, numberEnd } from './address-parts.ts'
import { streetEndings, vagueStreetEndings } from './word-lists.ts'
import { Kind } from './word-kinds.ts'
import { Word, wordStartBefore } from './word.ts'
import { WordsBefore } from './words-before.ts'

const BLANK = 0x20
const COMMA = 0x2c
const DOT = 0x2e

/** Words of a street's name. */
const streetWords = 6

const endingsOf = (text: string): Buffer[] => text.split(' ').map((ending) => Buffer.from(ending))
const endings = endingsOf(streetEndings)
const vagueEndings = endingsOf(vagueStreetEndings)
/** Letters of a street's name before its ending. */
const shortestName = 3

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashText))
const addressWords = hashes('address addresses adresse anschrift adres indirizzo')
/** Addresses of other things: of these nothing is said about what follows. */
const otherAddresses = hashes('ip email mail mac memory network web base start virtual physical bus server')
/** `lives at`, `moved to`: where is told. */
const whereabouts = hashes(
  'lives live lived living located resides residing moved sent send delivered deliver ship shipped meet office',
)
const prepositions = hashes('at to in')
const codeWords = hashes('code postcode zip zipcode plz')
const zipWords = hashes('zip postal')
const isWords = hashes('is was to at with here')
/** Of mail of the armed forces of the United States. */
const postOffices = hashes('apo fpo dpo')
const areas = hashes('aa ae ap')
const poHash = hashText('po')
const pHash = hashText('p')
const boxHash = hashText('box')

/** How sure one can be of an address by what it is made of. */
const sure = { whole: 0.8, street: 0.6, called: 0.65, code: 0.6 } as const

/** Tells postal addresses by their parts. Holds what it found last. */
export class AddressFinder {
  start = 0
  end = 0
  confidence = 0
  readonly #word = new Word()
  readonly #tail = new AddressTail()
  readonly #before = new WordsBefore()
  #bytes: Uint8Array = new Uint8Array(0)
  #first = 0
  #limit = 0
  /** The street at hand has a word that only streets have. */
  #hasStreetWord = false
  /** And one that few streets have: a month, a thing of programs. */
  #hasOrdinaryWord = false
  /** A number stands behind the street at hand. */
  #isNumbered = false
  /** Words of the street at hand. */
  #words = 0

  /** Looks for a house number with its street, or a postal code, at the digit at `at`. */
  findNumber(bytes: Uint8Array, at: number, first: number, limit: number): boolean {
    this.#see(bytes, first, limit)
    let number = numberEnd(bytes, at, limit)
    if (number === at) return false
    if (bytes[number] === COMMA) number++
    if (bytes[number] !== BLANK) return this.#isLabelledCode(at, number) && this.#keep(at, number, sure.code)
    let start = number + 1
    // A house number and the first of a street's name, `14 1600 Amphitheatre Parkway`.
    const second = numberEnd(bytes, start, limit)
    if (second > start && bytes[second] === BLANK) start = second + 1
    const street = this.#street(start)
    if (street === start || (this.#words === 1 && !this.#isNumbered && !this.#hasSureEnding(start)))
      return this.#isLabelledCode(at, number) && this.#keep(at, number, sure.code)
    return this.#rate(at, street)
  }

  /** Looks for a street whose name stands before its number, or a post box, at the word at `at`. */
  findWord(word: Word, bytes: Uint8Array, first: number, limit: number): boolean {
    this.#see(bytes, first, limit)
    const at = word.start
    if (word.hash === pHash || word.hash === poHash) {
      const box = this.#postBox(at)
      if (box === at) return false
      this.#hasStreetWord = this.#isNumbered = true
      this.#hasOrdinaryWord = false
      return this.#rate(at, box)
    }
    if (word.hash === pscHash || militaryUnits.has(word.hash)) {
      const end = this.#military(at)
      if (end > at) return this.#keep(at, end, sure.whole)
    }
    const isBefore = (word.kinds & Kind.streetBefore) !== 0
    if (!isBefore && !hasEnding(bytes, word, endings) && !hasEnding(bytes, word, vagueEndings)) return false
    const street = this.#street(at)
    if (!this.#isNumbered || this.#words < (isBefore ? 2 : 1)) return false
    return this.#rate(at, street)
  }

  /** Of a street that is one word. */
  #hasSureEnding(at: number): boolean {
    return this.#word.read(this.#bytes, at, this.#limit) && hasEnding(this.#bytes, this.#word, endings)
  }

  #see(bytes: Uint8Array, first: number, limit: number): void {
    this.#bytes = bytes
    this.#first = first
    this.#limit = limit
  }

  #keep(start: number, end: number, confidence: number): boolean {
    this.start = start
    this.end = end
    this.confidence = confidence
    return true
  }

  /** An address whose street lies in `[at, street)`. */
  #rate(at: number, street: number): boolean {
    const end = this.#tail.read(this.#bytes, street, this.#limit)
    const { isTelling, hasUnit } = this.#tail
    const isStreet = this.#hasStreetWord
    if (isYear(this.#bytes, at) && (this.#bytes[at + 4] !== BLANK || !isStreet || !isTelling)) return false
    const called = this.#isCalledAddress(at)
    const isMade = !this.#hasOrdinaryWord && (hasUnit || (this.#isNumbered && isTelling))
    const isWhere = (this.#isNumbered || isTelling) && this.#isWhereabouts()
    if (!isStreet && !called && !isMade && !isWhere) return false
    if (this.#isOfCompany(at)) return false
    return this.#keep(at, end, isTelling && isStreet ? sure.whole : called ? sure.called : sure.street)
  }

  /** A company or a body stands before it, in its line or in the one before: the address is nobody's. */
  #isOfCompany(at: number): boolean {
    const bytes = this.#bytes
    let i = at
    while (i > this.#first && at - i < 12 && isSeparating(bytes[i - 1])) i--
    const start = wordStartBefore(bytes, i, this.#first)
    return start < i && this.#word.read(bytes, start, i) && (this.#word.kinds & Kind.company) !== 0
  }

  /** Index behind the street that begins at `at`, with the number that may follow; `at` where there is none. */
  #street(at: number): number {
    const bytes = this.#bytes
    const box = this.#postBox(at)
    this.#hasStreetWord = this.#isNumbered = box > at
    this.#hasOrdinaryWord = false
    this.#words = 0
    if (box > at) return box
    let i = at
    let kept = at
    // `Rue`, `Via`: a name follows.
    let isBefore = false
    while (this.#words < streetWords) {
      const ordinal = ordinalEnd(bytes, i, this.#limit)
      const number = ordinal > i || this.#words === 0 ? i : numberEnd(bytes, i, this.#limit)
      if (number > i) {
        this.#isNumbered = true
        return number
      }
      const next = ordinal > i ? ordinal : this.#streetWord(i)
      if (next === i) break
      this.#words++
      kept = next
      if (isBefore) this.#hasStreetWord = true
      if (ordinal === i && (this.#word.kinds & (Kind.other | Kind.starter)) !== 0)
        this.#hasOrdinaryWord = true
      if (ordinal === i && this.#isStreetWord(this.#word)) this.#hasStreetWord = true
      isBefore = ordinal === i && (this.#word.kinds & Kind.streetBefore) !== 0
      // Behind a street of English no number of a house follows.
      if (this.#words > 1 && ordinal === i && (this.#word.kinds & Kind.streetBehind) !== 0) break
      const dot = bytes[next] === DOT ? 1 : 0
      if (bytes[next + dot] !== BLANK) break
      i = next + dot + 1
    }
    return kept
  }

  /** Index behind a word that a street's name may have. */
  #streetWord(at: number): number {
    const word = this.#word
    if (!word.read(this.#bytes, at, this.#limit)) return at
    if (word.isCapital || (word.kinds & (Kind.particle | Kind.streetBefore | Kind.streetBehind)) !== 0)
      return word.end
    return hasEnding(this.#bytes, word, endings) ? word.end : at
  }

  #isStreetWord(word: Word): boolean {
    if ((word.kinds & Kind.streetBehind) !== 0 && this.#words > 1) return true
    return (
      hasEnding(this.#bytes, word, endings) || (word.isCapital && hasEnding(this.#bytes, word, vagueEndings))
    )
  }

  /** `P.O. Box 12`, `PO Box 12`. */
  #postBox(at: number): number {
    const bytes = this.#bytes
    const word = this.#word
    if ((bytes[at] | 0x20) !== 0x70 || !word.read(bytes, at, this.#limit)) return at
    let i = word.end
    if (word.hash === pHash) {
      if (bytes[i] !== DOT || (bytes[i + 1] | 0x20) !== 0x6f || bytes[i + 2] !== DOT) return at
      i += 3
    } else if (word.hash !== poHash) return at
    if (bytes[i] !== BLANK || !word.read(bytes, i + 1, this.#limit) || word.hash !== boxHash) return at
    if (bytes[word.end] !== BLANK) return at
    const number = numberEnd(bytes, word.end + 1, this.#limit)
    return number > word.end + 1 ? number : at
  }

  /** `PSC 4926, Box 7979, APO AA 63682`. */
  #military(at: number): number {
    const bytes = this.#bytes
    const word = this.#word
    const end = Math.min(this.#limit, at + 48)
    for (let i = at; i < end; i++) {
      if (bytes[i] !== 0x20 && bytes[i] !== 0x0a) continue
      if (!word.read(bytes, i + 1, this.#limit) || !postOffices.has(word.hash)) continue
      if (bytes[word.end] !== BLANK || !word.read(bytes, word.end + 1, this.#limit) || !areas.has(word.hash))
        continue
      const code = word.end + 1
      const last = numberEnd(bytes, code, this.#limit)
      if (bytes[word.end] === BLANK && last - code === 5 && isPartEnd(bytes, last, this.#limit)) return last
    }
    return at
  }

  /** `My zip code is 12345`. */
  #isLabelledCode(at: number, end: number): boolean {
    if (end - at < 4) return false
    const before = this.#before
    before.read(this.#bytes, at, this.#first)
    const is = isWords.has(before.hash(0)) ? 1 : 0
    if (!codeWords.has(before.hash(is))) return false
    return before.hash(is) !== codeHash || zipWords.has(before.hash(is + 1))
  }

  /** `lives at …`, of the place that `#isCalledAddress` read the words before. */
  #isWhereabouts(): boolean {
    const before = this.#before
    if (!prepositions.has(before.hash(0))) return false
    return whereabouts.has(before.hash(1)) || whereabouts.has(before.hash(2))
  }

  /** `his address: …`, `the new address is …`. */
  #isCalledAddress(at: number): boolean {
    const before = this.#before
    before.read(this.#bytes, at, this.#first)
    for (let i = 0; i < before.count; i++) {
      if (addressWords.has(before.hash(i))) return !otherAddresses.has(before.hash(i + 1))
      if (i === 0 && !isWords.has(before.hash(i))) return false
    }
    return false
  }
}

const codeHash = hashText('code')
const pscHash = hashText('psc')
const militaryUnits = hashes('unit cmr uss usns usnv uscgc')

/** `40th`, `2nd`: a street that is a number. */
function ordinalEnd(bytes: Uint8Array, at: number, end: number): number {
  let i = at
  while (i < end && i - at < 3 && isDigit(bytes[i])) i++
  if (i === at) return at
  const pair = ((bytes[i] | 0x20) << 8) | (bytes[i + 1] | 0x20)
  const isOrdinal = pair === 0x7468 || pair === 0x7374 || pair === 0x6e64 || pair === 0x7264
  return isOrdinal && bytes[i + 2] === BLANK ? i + 2 : at
}

/** By the last two bytes of a word: 1 where it may end as a street does. */
const streetEnds = new Uint8Array(1 << 16)
for (const ending of [...endings, ...vagueEndings]) {
  const last = ending.length - 1
  streetEnds[((ending[last - 1] | 0x20) << 8) | ending[last] | 0x20] = 1
}

const streetStarts = new Set([pHash, poHash, pscHash, ...militaryUnits])

/** Whether an address may begin with the name of its street, a post box or a unit at a word: nearly always not. */
export function mayBeStreet({ kinds, hash, end }: Word, bytes: Uint8Array): boolean {
  if ((kinds & (Kind.streetBefore | Kind.unit)) !== 0) return true
  if (kinds === 0 && streetStarts.has(hash)) return true
  return streetEnds[((bytes[end - 2] | 0x20) << 8) | bytes[end - 1] | 0x20] === 1
}

/** `Hauptstraße`, `Drottninggatan`: the name of a street in one word, with something before its ending. */
function hasEnding(bytes: Uint8Array, { start, end }: Word, endings: readonly Buffer[]): boolean {
  for (let i = 0; i < endings.length; i++) {
    const ending = endings[i]
    if (end - start < ending.length + shortestName) continue
    let k = ending.length - 1
    while (k >= 0 && (bytes[end - ending.length + k] | 0x20) === (ending[k] | 0x20)) k--
    if (k < 0) return true
  }
  return false
}

function isSeparating(byte: number): boolean {
  return byte <= BLANK || byte === COMMA || byte === DOT
}
