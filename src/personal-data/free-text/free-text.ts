import { isDigit } from '../../lib/ascii.ts'
import type { ContentFormat } from '../../model/content-format.ts'
import { reportingThresholds } from '../categories.ts'
import type { Finding, FindingSink } from '../detector.ts'
import type { Assessment } from '../judging/assessment.ts'
import { logOdds } from '../judging/confidence.ts'
import { limits } from '../limits.ts'
import type { Recogniser } from '../recogniser.ts'
import { name } from '../recognisers/person/name.ts'
import { postalAddress } from '../recognisers/person/postal-address.ts'
import { AddressFinder, mayBeStreet } from './address-finder.ts'
import { NameFinder } from './name-finder.ts'
import { mayTell, Telling } from './telling.ts'
import { Kind } from './word-kinds.ts'
import { isCapitalAt, letterOf, Word } from './word.ts'

/** Whether a content of a format, and of a media type where one was said, is what people write to each other. */
export function isProse(format: ContentFormat, mediaType = 'text/plain'): boolean {
  return format === 'mail' || (format === 'text' && mediaType === 'text/plain')
}

/** What a finding of this pass comes to, for explanations. */
export function assessmentOf({ recogniser, confidence, start, end, offset, field }: Finding): Assessment {
  return {
    ...{ recogniser, start: offset, end: offset + end - start, field, outcome: 'rated', hasCheck: false },
    terms: [{ because: 'words', share: confidence, weight: logOdds(confidence) }],
    ...{ confidence, threshold: reportingThresholds[recogniser.category] },
  }
}

/** A byte is looked at where it and the one before it have a bit in common. */
const Look = { wordStart: 1, always: 2 } as const

/**
 * Capitals, digits, what begins a letter beyond ASCII and a small word that tells of names are looked at where a word starts; NUL
 * wherever it stands.
 */
const looks = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte === 0) return Look.always
  const isCapital = byte >= 0x41 && byte <= 0x5a
  return byte >= 0xc3 || isDigit(byte) || isCapital || mayTell[byte] !== 0 ? Look.wordStart : 0
})

/** What may stand directly before a word of a sentence: white space, quotes, brackets, colon, hyphen and the like. */
const before = new Uint8Array(256).fill(Look.always)
for (const byte of Buffer.from(' \t\r\n"\'([<>:,;*#|-!?')) before[byte] |= Look.wordStart

const nothing = new Uint8Array(0)
const BLANK = 0x20
/** Bytes behind the end of a text that a sign is looked for in. */
const glanceBytes = 16
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
      // What is no text is not looked at any further, and would make no room.
      if (this.#isOver) return
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
    // A glance behind the end is to meet nothing that was dropped.
    if (this.#bytes === this.#kept) this.#kept.fill(0, this.#end, this.#end + glanceBytes)
    this.#look(this.#end, out)
    this.#bytes = nothing
  }

  /**
   * Looks at every word that begins before `until`. Nearly all bytes are passed in the inner loop, without a branch that depends on
   * them but one: it is the cost of the pass.
   */
  #look(until: number, out: FindingSink): void {
    this.#out = out
    const bytes = this.#bytes
    let at = this.#at
    while (at < until) {
      let last = at > this.#first ? bytes[at - 1] : BLANK
      let byte = 0
      for (; at < until; at++) {
        byte = bytes[at]
        if ((looks[byte] & before[last]) !== 0) break
        last = byte
      }
      if (at >= until) break
      if (byte === 0) {
        this.#isOver = true
        break
      }
      at = this.#lookAt(at, byte)
    }
    this.#at = Math.max(this.#at, at)
    this.#out = undefined
  }

  /** Looks at the word or number that begins at `at`, if one does; returns where to look on. */
  #lookAt(at: number, byte: number): number {
    if (mayTell[byte] !== 0) return this.#bytes[at + 1] === mayTell[byte] ? this.#lookBehind(at) : at + 1
    if (isDigit(byte)) return this.#lookForNumber(at)
    if (byte < 0x80) return this.#lookForName(at)
    const isCapital = letterOf(this.#bytes, at, this.#end) !== 0 && isCapitalAt(this.#bytes, at)
    return isCapital ? this.#lookForName(at) : at + 1
  }

  #lookForNumber(at: number): number {
    const addresses = this.#addresses
    if (!addresses.findNumber(this.#bytes, at, this.#firstSeen(at), this.#lastSeen(at))) return at + 1
    return this.#found(postalAddress, addresses.start, addresses.end, addresses.confidence)
  }

  #lookForName(at: number): number {
    const word = this.#word
    const last = this.#lastSeen(at)
    if (!word.read(this.#bytes, at, last)) return at + 1
    const kinds = word.kinds
    // Most words that begin a sentence; a name behind them is looked at alone.
    if ((kinds & beginning) === Kind.starter) return word.next
    const first = this.#firstSeen(at)
    const addresses = this.#addresses
    if (mayBeStreet(word, this.#bytes) && addresses.findWord(word, this.#bytes, first, last))
      return this.#found(postalAddress, addresses.start, addresses.end, addresses.confidence)
    const names = this.#names
    if (kinds === 0 && !names.mayBeName(word, this.#bytes, first, last)) return word.next
    if (names.find(this.#bytes, at, first, last)) this.#found(name, names.start, names.end, names.confidence)
    return names.next
  }

  /** A small word that may tell of a name stands at `at`. */
  #lookBehind(at: number): number {
    const telling = this.#telling
    if (!telling.find(this.#bytes, at, this.#lastSeen(at))) return at + 1
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
