import type { ContentFormat } from '../../model/content-format.ts'
import type { Finding, FindingSink } from '../detector.ts'
import { limits } from '../limits.ts'
import type { Recogniser } from '../recogniser.ts'
import { name } from '../recognisers/person/name.ts'
import { postalAddress } from '../recognisers/person/postal-address.ts'
import { AddressFinder } from './address-finder.ts'
import { NameFinder } from './name-finder.ts'
import { mayTell, Telling } from './telling.ts'
import { Kind } from './word-kinds.ts'
import { isCapitalAt, letterOf, Word } from './word.ts'

/** Whether a content of a format, and of a media type where one was said, is what people write to each other. */
export function isProse(format: ContentFormat, mediaType = 'text/plain'): boolean {
  return format === 'mail' || (format === 'text' && mediaType === 'text/plain')
}

/** What stands at a byte that is looked at. */
const Class = { other: 0, small: 1, capital: 2, digit: 3, beyond: 4, control: 5 } as const

const classes = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x80) return Class.beyond
  if (byte >= 0x30 && byte <= 0x39) return Class.digit
  if (byte >= 0x41 && byte <= 0x5a) return Class.capital
  if (byte >= 0x61 && byte <= 0x7a) return Class.small
  return byte === 0 ? Class.control : Class.other
})

/** 1 for what a word or a number goes on with. */
const inWord = classes.map((kind) => (kind === Class.other || kind === Class.control ? 0 : 1))

/** 1 for what may stand directly before a word of a sentence: white space, quotes, brackets, colon, hyphen and the like. */
const before = new Uint8Array(256)
for (const byte of Buffer.from(' \t\r\n"\'([<>:,;*#|-!?')) before[byte] = 1

const nothing = new Uint8Array(0)
const beforeBytes = limits.textBeforeBytes

/**
 * Finds names of persons and postal addresses in a text by its words, where nothing has a form: dictionaries and the words
 * around them (see readme.md). A text comes in pieces, or whole; what other recognisers find in it is told by `claimed`
 * and is left alone. Reused.
 */
export class FreeText {
  readonly #names = new NameFinder()
  readonly #addresses = new AddressFinder()
  readonly #telling = new Telling()
  readonly #word = new Word()
  readonly #finding: Finding = {
    ...{ recogniser: name, confidence: 0, field: '' },
    ...{ bytes: nothing, start: 0, end: 0, offset: 0 },
  }
  /** The end of what came in pieces, which is kept until what follows is known. Made when it is needed. */
  #kept: Uint8Array | undefined
  #bytes: Uint8Array = nothing
  /** The text that can be seen is `#bytes[#first, #end)`; all before `#at` was looked at. */
  #first = 0
  #at = 0
  #end = 0
  /** Position in the content of the byte at index 0 of `#bytes`. */
  #shift = 0
  /** It holds control characters: it is no text. */
  #isOver = false
  #out: FindingSink | undefined

  /** Begins a text that lies whole in `bytes[start, end)`, and stays there until `close`. */
  beginWhole(bytes: Uint8Array, start: number, end: number): void {
    this.begin()
    this.#bytes = bytes
    this.#first = this.#at = start
    this.#end = end
    this.#shift = -start
  }

  /** Begins a text that is written in pieces. */
  begin(): void {
    this.#bytes = nothing
    this.#first = this.#at = this.#end = this.#shift = 0
    this.#isOver = false
  }

  /** The next piece; it may be overwritten after the call. */
  write(bytes: Uint8Array, start: number, end: number, out: FindingSink): void {
    if (this.#isOver) return
    const kept = (this.#kept ??= new Uint8Array(limits.textKeptBytes))
    this.#bytes = kept
    for (let i = start; i < end;) {
      if (this.#end === kept.length) this.#makeRoom(kept, out)
      const length = Math.min(end - i, kept.length - this.#end)
      Buffer.prototype.copy.call(bytes, kept, this.#end, i, i + length)
      this.#end += length
      i += length
    }
  }

  /** Looks at all but the last bytes, and drops what is no more to be seen. */
  #makeRoom(kept: Uint8Array, out: FindingSink): void {
    this.#look(kept.length - limits.textAheadBytes, out)
    const dropped = Math.max(0, Math.min(this.#at, this.#end) - beforeBytes)
    kept.copyWithin(0, dropped, this.#end)
    this.#end -= dropped
    this.#at -= dropped
    this.#shift += dropped
  }

  /** Something with a form was found in the content's bytes `[from, to)`: they are its own. */
  claimed(from: number, to: number, out: FindingSink): void {
    const start = Math.min(from - this.#shift, this.#end)
    const end = this.#end
    // What follows is not seen from before it.
    this.#end = start
    this.#look(start, out)
    this.#end = end
    this.#at = Math.max(this.#at, to - this.#shift)
  }

  /** The text is over. */
  close(out: FindingSink): void {
    this.#look(this.#end, out)
    this.#bytes = nothing
  }

  /** Looks at every word that begins before `until`. Most are passed here: this loop is the cost of the pass. */
  #look(until: number, out: FindingSink): void {
    this.#out = out
    const bytes = this.#bytes
    const first = this.#first
    const end = this.#end
    let at = this.#at
    while (at < until) {
      const kind = classes[bytes[at]]
      if (kind === Class.other) {
        at++
        continue
      }
      if (kind === Class.control) {
        this.#isOver = true
        break
      }
      const isPassed =
        (kind === Class.small && !mayTell(bytes, at)) || (at > first && before[bytes[at - 1]] === 0)
      if (!isPassed) {
        const next = this.#lookAt(at, kind)
        if (next > at) {
          at = next
          continue
        }
      }
      do at++
      while (at < end && inWord[bytes[at]] === 1)
    }
    this.#at = Math.max(this.#at, at)
    this.#out = undefined
  }

  /** Looks at the word or number that begins at `at`; returns where to look on, or `at` for behind the word. */
  #lookAt(at: number, kind: number): number {
    if (kind === Class.small) return this.#lookBehind(at)
    if (kind === Class.digit) return this.#lookForNumber(at)
    if (kind === Class.capital) return this.#lookForName(at)
    const isCapital = letterOf(this.#bytes, at, this.#end) !== 0 && isCapitalAt(this.#bytes, at)
    return isCapital ? this.#lookForName(at) : at
  }

  #lookForNumber(at: number): number {
    const addresses = this.#addresses
    if (!addresses.findNumber(this.#bytes, at, this.#firstSeen(at), this.#lastSeen(at))) return at
    return this.#found(postalAddress, addresses.start, addresses.end, addresses.confidence)
  }

  #lookForName(at: number): number {
    const word = this.#word
    const [first, last] = [this.#firstSeen(at), this.#lastSeen(at)]
    if (!word.read(this.#bytes, at, last)) return at
    const { kinds } = word
    // Most words that begin a sentence; a name behind them is looked at alone.
    if ((kinds & beginning) === Kind.starter) return word.next
    const addresses = this.#addresses
    if (addresses.findWord(word, this.#bytes, first, last))
      return this.#found(postalAddress, addresses.start, addresses.end, addresses.confidence)
    const names = this.#names
    if (kinds === 0 && !names.mayBeName(word, this.#bytes, first, last)) return word.next
    if (names.find(this.#bytes, at, first, last)) this.#found(name, names.start, names.end, names.confidence)
    return names.next
  }

  /** A small word that may tell of a name stands at `at`. */
  #lookBehind(at: number): number {
    const telling = this.#telling
    if (!telling.find(this.#bytes, at, this.#lastSeen(at))) return at
    return this.#found(name, telling.start, telling.end, telling.confidence)
  }

  #firstSeen(at: number): number {
    return Math.max(this.#first, at - beforeBytes)
  }

  #lastSeen(at: number): number {
    return Math.min(this.#end, at + limits.textAheadBytes)
  }

  #found(recogniser: Recogniser, start: number, end: number, confidence: number): number {
    const finding = this.#finding
    finding.recogniser = recogniser
    finding.confidence = confidence
    finding.bytes = this.#bytes
    finding.start = start
    finding.end = end
    finding.offset = start + this.#shift
    this.#out?.found(finding)
    return end
  }
}

const beginning = Kind.starter | Kind.streetBefore | Kind.given | Kind.title | Kind.greeting | Kind.role
