import { isDigit } from '../../lib/ascii.ts'
import { hashText } from '../judging/word-hash.ts'
import { isEverydayWord } from '../names/everyday-words.ts'
import { NameRun } from './name-run.ts'
import { Kind } from './word-kinds.ts'
import { particles, personalVerbs } from './word-lists.ts'
import { isCapitalAt, letterOf, Word } from './word.ts'
import { WordsBefore } from './words-before.ts'

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashText))

const nameWords = hashes('name names surname')
const isWords = hashes('is are was whats')
const pronouns = hashes('me him her them it')
const possessives = hashes('my his her your maiden our partners wifes husbands full')
const calling = hashes('call calls called named names name')
const describing = hashes('a an from very the in on and who')
const asking = hashes('can could please would do did will are how what')
const speech = hashes('says said asks replied')
const links = hashes('and or und et y e en og och i oder ou')

/** First two letters of verbs that only people do, and the first of particles. */
const verbBeginnings = new Uint8Array(1 << 16)
for (const verb of personalVerbs.split(' '))
  verbBeginnings[(verb.charCodeAt(0) << 8) | verb.charCodeAt(1)] = 1
const particleBeginnings = new Uint8Array(256)
for (const particle of particles.split(' ')) particleBeginnings[particle.charCodeAt(0)] = 1

/** Last two bytes of the words that introduce a name, and what stands between. */
const introductions = new Set(
  ['is', 's:', 'as', 're', 'me', 'im', 'er', 'em', 'it', 'e?', 'e:', 's?'].map(
    (end) => (end.charCodeAt(0) << 8) | end.charCodeAt(1),
  ),
)

const COMMA = 0x2c
const DOT = 0x2e
const BLANK = 0x20
const COLON = 0x3a
const QUOTE = 0x22
const CLOSING_BRACE = 0x7d

/** A name in a list has two others of it beside it. */
const listed = 2

/** How sure one can be of what the words say; from what labelled sentences and benign texts hold of each. */
const sure = {
  titled: 0.85,
  knownPair: 0.85,
  givenPair: 0.65,
  ambiguousPair: 0.6,
  initials: 0.6,
  named: 0.75,
  greeted: 0.75,
  personalVerb: 0.65,
  listed: 0.65,
  possessive: 0.55,
  likely: 0.55,
} as const

const wordsOfNoName = Kind.starter | Kind.other
const personal = Kind.personalVerb | Kind.likelyVerb
const unsure = Kind.starter | Kind.other | Kind.ambiguous

/** Tells names of persons by the words that they consist of and those around them. Holds what it found last. */
export class NameFinder {
  start = 0
  end = 0
  confidence = 0
  /** Where to look on. */
  next = 0
  readonly #run = new NameRun()
  readonly #before = new WordsBefore()
  readonly #after = new Word()
  #bytes: Uint8Array = new Uint8Array(0)
  #first = 0
  #limit = 0
  /** Words of the run that the name consists of, `[from, to)`, and what stood before them in it. */
  #from = 0
  #to = 0
  #titled = false
  #greeted = false

  /** Looks at the capitalised word at `at`; `bytes[first, limit)` can be seen. */
  find(bytes: Uint8Array, at: number, first: number, limit: number): boolean {
    this.#bytes = bytes
    this.#first = first
    this.#limit = limit
    const run = this.#run
    run.read(bytes, at, limit)
    this.next = Math.max(run.next, at + 1)
    if (run.count === 0 || run.isCut || !this.#bound()) return false
    if (this.#to === run.count && isBroken(bytes, run.next, limit)) return false
    const confidence = this.#to - this.#from === 1 ? this.#rateWord() : this.#ratePair()
    if (confidence === 0) return false
    this.confidence = confidence
    this.start = run.words[this.#from].start
    this.end = run.words[this.#to - 1].end
    return true
  }

  /** Whether more than a glance is due at a word that is not known: others with a capital follow, or what tells of a person. */
  mayBeName(word: Word, bytes: Uint8Array, first: number, limit: number): boolean {
    const { next, start, letters } = word
    if (letters === 1) return bytes[next] === DOT
    if (bytes[next] === COMMA && next + 2 < limit) return isCapitalAt(bytes, next + 2)
    if (next + 1 < limit && bytes[next] === BLANK) {
      const after = bytes[next + 1]
      if (after < 0x61 || after > 0x7a) return isCapitalAt(bytes, next + 1)
      if (verbBeginnings[(after << 8) | bytes[next + 2]] === 1 || particleBeginnings[after] === 1) return true
    }
    return start - first > 3 && introductions.has((bytes[start - 3] << 8) | bytes[start - 2])
  }

  /** Finds where in the run a name may stand: behind titles and what begins a sentence, before what is part of no name. */
  #bound(): boolean {
    const run = this.#run
    this.#titled = false
    this.#greeted = false
    let from = 0
    while (from < run.count) {
      const kinds = run.kinds(from)
      if ((kinds & Kind.title) !== 0 && !run.words[from].isUpper) this.#titled = true
      else if ((kinds & Kind.greeting) !== 0) this.#greeted = true
      else if ((kinds & Kind.role) === 0 && !this.#isStarter(from)) break
      from++
    }
    let to = from
    while (to < run.count && (run.words[to].letters === 1 || !isBarred(run.kinds(to), to > from))) to++
    // What is named after somebody is nobody: `Martin Luther King Day`.
    if (to < run.count && (run.kinds(to) & Kind.starter) === 0) return false
    while (to > from && (run.kinds(to - 1) & (Kind.particle | Kind.given | Kind.surname)) === Kind.particle)
      to--
    this.#from = from
    this.#to = to
    return to > from
  }

  /** A word that begins sentences, unless it begins a name here: `Will Smith`. */
  #isStarter(index: number): boolean {
    const kinds = this.#run.kinds(index)
    if ((kinds & Kind.starter) === 0) return false
    return (kinds & Kind.given) === 0 || (this.#run.kinds(index + 1) & Kind.surname) === 0
  }

  #ratePair(): number {
    const { words } = this.#run
    const first = words[this.#from]
    const last = words[this.#to - 1]
    if (last.letters < 2 && !this.#titled) return 0
    if (this.#titled) return sure.titled
    const lastIsName = (last.kinds & (Kind.surname | Kind.given)) !== 0
    if (first.isUpper || last.isUpper) {
      const isSure = (first.kinds & Kind.given) !== 0 && (last.kinds & Kind.surname) !== 0
      if (!isSure || ((first.kinds | last.kinds) & unsure) !== 0) return 0
    }
    if (first.letters === 1) return this.#rateInitials(last)
    if ((first.kinds & Kind.given) === 0) return this.#rateUnknownPair()
    const lastIsOrdinary = (last.kinds & wordsOfNoName) !== 0
    if ((first.kinds & unsure) === 0) {
      if (lastIsOrdinary) return sure.ambiguousPair
      return lastIsName ? sure.knownPair : last.letters > 2 ? sure.givenPair : 0
    }
    if (lastIsOrdinary) return 0
    if ((last.kinds & Kind.surname) !== 0) return sure.ambiguousPair
    if (this.#isNamed() || this.#greeted) return sure.named
    // `Sierra Lilja`: what is known of neither is told by those around them.
    if (last.kinds !== 0 || (first.kinds & wordsOfNoName) !== 0) return 0
    const isOffice = this.#from > 0 ? this.#isOffice() : (this.#before.kinds(0) & Kind.role) !== 0
    return isOffice || this.#isFollowedBy(personal) ? sure.likely : 0
  }

  /** `J. R. Smith`. */
  #rateInitials(last: Word): number {
    const isSurname = (last.kinds & Kind.surname) !== 0 && (last.kinds & unsure) === 0
    return isSurname && this.#bytes[this.#run.words[this.#from].next] === DOT ? sure.initials : 0
  }

  #rateUnknownPair(): number {
    const last = this.#run.words[this.#to - 1]
    if (this.#isIntroduced()) return sure.named
    if ((last.kinds & Kind.surname) === 0 || (last.kinds & unsure) !== 0) return 0
    return this.#isNamed() || this.#isFollowedBy(Kind.personalVerb) ? sure.named : 0
  }

  #rateWord(): number {
    const word = this.#run.words[this.#from]
    const { kinds, letters, isUpper, next } = word
    // `return Li}`: what a brace follows is a program's.
    if (letters < 2 || this.#bytes[next] === CLOSING_BRACE) return 0
    if (this.#isQuotedWord(word)) return 0
    const isName = (kinds & (Kind.given | Kind.surname)) !== 0
    if (this.#titled) return !isUpper && (isName || (kinds & wordsOfNoName) === 0) ? sure.titled : 0
    if (isUpper) return 0
    if (this.#greeted) return this.#rateGreeted(word)
    if ((kinds & wordsOfNoName) !== 0) return 0
    if (this.#from === 0) this.#before.read(this.#bytes, word.start, this.#first)
    else this.#before.count = 0
    if (this.#isFollowedBy(Kind.personalVerb) && letters > 2) return sure.personalVerb
    if (this.#isIntroduced()) return sure.named
    if ((kinds & Kind.given) !== 0 && (kinds & Kind.ambiguous) === 0) return this.#rateGiven(word)
    if (!isName) return kinds === 0 && this.#isListed(word) ? sure.listed : 0
    if (this.#isNamed()) return sure.named
    return this.#isListed(word)
      ? sure.listed
      : (kinds & Kind.ambiguous) === 0 && speech.has(this.#before.hash(0))
        ? sure.likely
        : 0
  }

  /** `name:"Green"`: a value of a program. */
  #isQuotedWord({ start, end }: Word): boolean {
    const isQuoted = this.#bytes[start - 1] === QUOTE && this.#bytes[end] === QUOTE
    return isQuoted && isEverydayWord(this.#bytes, start, end)
  }

  /** `Dear Katrin`, `Hi Khasanbek,`. */
  #rateGreeted({ kinds, letters, next }: Word): number {
    if ((kinds & wordsOfNoName) !== 0) return 0
    if ((kinds & (Kind.given | Kind.surname)) !== 0) return sure.greeted
    return kinds === 0 && letters > 2 && this.#bytes[next] === COMMA ? sure.likely : 0
  }

  #rateGiven(word: Word): number {
    if (this.#isNamed()) return sure.named
    if ((this.#before.kinds(0) & Kind.greeting) !== 0) return sure.greeted
    if (word.isPossessive) return sure.possessive
    if (this.#isListed(word)) return sure.listed
    if (this.#isCued() || this.#isCoupled() || this.#isCalledOut(word)) return sure.likely
    return this.#isFollowedBy(Kind.likelyVerb) || this.#isDescribed(word) ? sure.likely : 0
  }

  /** `my name is …`, `her maiden name is …`, `call me …`, `named him …`, `What's your name? …`: whatever follows is a name. */
  #isIntroduced(): boolean {
    const before = this.#before
    if (this.#from > 0) return false
    before.read(this.#bytes, this.#run.words[0].start, this.#first)
    if (isWords.has(before.hash(0))) return nameWords.has(before.hash(1)) && possessives.has(before.hash(2))
    if (pronouns.has(before.hash(0))) return calling.has(before.hash(1))
    return nameWords.has(before.hash(0)) && possessives.has(before.hash(1))
  }

  /** `named …`, `the name is …`: a known name that follows is one. */
  #isNamed(): boolean {
    const before = this.#before
    if (this.#from > 0) return false
    before.read(this.#bytes, this.#run.words[0].start, this.#first)
    if ((before.kinds(0) & Kind.naming) !== 0 || nameWords.has(before.hash(0))) return true
    return isWords.has(before.hash(0)) && nameWords.has(before.hash(1))
  }

  /** `said William to Christina`, `William and Christina`. */
  #isCoupled(): boolean {
    const [, other] = this.#before.words
    if (this.#before.count < 2 || !(links.has(this.#before.hash(0)) || this.#before.hash(0) === toHash))
      return false
    return other.isCapital && (other.kinds & Kind.given) !== 0 && (other.kinds & unsure) === 0
  }

  #isFollowedBy(kind: number): boolean {
    const word = this.#run.words[this.#to - 1]
    if (word.isPossessive || this.#bytes[word.next] !== BLANK) return false
    return (
      this.#after.read(this.#bytes, word.next + 1, this.#limit) &&
      !this.#after.isCapital &&
      (this.#after.kinds & kind) !== 0
    )
  }

  /** `Anna is from …`, `Anna, can you …`. */
  #isDescribed(word: Word): boolean {
    const after = this.#after
    const comma = this.#bytes[word.next] === COMMA ? 1 : 0
    if (this.#bytes[word.next + comma] !== BLANK) return false
    if (!after.read(this.#bytes, word.next + comma + 1, this.#limit)) return false
    if (comma === 1) return this.#before.isLineStart && asking.has(after.hash)
    if (!isWords.has(after.hash) || this.#bytes[after.next] !== BLANK) return false
    return after.read(this.#bytes, after.next + 1, this.#limit) && describing.has(after.hash)
  }

  /** A word that has to do with persons stands before: `with …`, `my sister …`, or the run itself had an office before it. */
  #isCued(): boolean {
    return this.#from > 0 ? this.#isOffice() : (this.#before.kinds(0) & (Kind.cue | Kind.role)) !== 0
  }

  #isOffice(): boolean {
    return (this.#run.kinds(this.#from - 1) & Kind.role) !== 0
  }

  /** `Come here, Anna!`, and who speaks: `Anna: …` at the start of a line. */
  #isCalledOut(word: Word): boolean {
    const bytes = this.#bytes
    const after = word.next < this.#limit ? bytes[word.next] : 0
    if (after === COLON)
      return this.#before.isLineStart && bytes[word.next + 1] === BLANK && isSpeech(bytes, word.next + 2)
    return (
      (after === 0x21 || after === 0x3f) && word.start - this.#first > 2 && bytes[word.start - 2] === COMMA
    )
  }

  /** Known names stand on both sides, or two on one: `Layla, Harry and Michele`. */
  #isListed(word: Word): boolean {
    const before = this.#before
    before.read(this.#bytes, word.start, this.#first)
    let count = 0
    const isParted = this.#bytes[word.start - 2] === COMMA || links.has(before.hash(0))
    const told = isParted ? before.count : 0
    for (let i = 0; i < told; i++) {
      const other = before.words[i]
      if (i === 0 && links.has(other.hash)) continue
      if (!isKnown(other) || this.#bytes[other.next] === COLON) break
      count++
    }
    let at = word.next
    const after = this.#after
    while (count < listed) {
      if (this.#bytes[at] === COMMA) at++
      if (this.#bytes[at] !== BLANK || !after.read(this.#bytes, at + 1, this.#limit)) break
      const isLink = links.has(after.hash)
      if (!isLink && (at === word.next || !isKnown(after))) break
      if (isLink) {
        if (
          this.#bytes[after.next] !== BLANK ||
          !after.read(this.#bytes, after.next + 1, this.#limit) ||
          !isKnown(after)
        )
          break
      }
      count++
      at = after.next
    }
    return count >= listed
  }
}

const toHash = hashText('to')

/** A quotation or a sentence begins at `at`. */
function isSpeech(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at]
  return byte === 0x22 || byte === 0x5c || (byte >= 0x41 && byte <= 0x5a)
}

/** What goes on is no sentence: `Long.prototype`, `Anna_1`, `Mark@…`. */
function isBroken(bytes: Uint8Array, at: number, limit: number): boolean {
  if (at >= limit) return false
  const byte = bytes[at]
  if (byte === DOT || byte === COLON) return letterOf(bytes, at + 1, limit) !== 0 || isDigit(bytes[at + 1])
  return isJoint[byte] === 1
}

/** Signs that join words of programs, and digits. */
const isJoint = new Uint8Array(256)
for (const byte of Buffer.from('_@/=({[$%&+#\\~^|`<0123456789')) isJoint[byte] = 1

function isKnown({ isCapital, kinds }: Word): boolean {
  return isCapital && (kinds & (Kind.given | Kind.surname)) !== 0 && (kinds & wordsOfNoName) === 0
}

/** Whether a word cannot be part of a name; `isLater` behind its first word, where family names may be everyday words. */
function isBarred(kinds: number, isLater: boolean): boolean {
  if ((kinds & Kind.company) !== 0 || (kinds & (Kind.streetBehind | Kind.other | Kind.starter)) !== 0)
    return (kinds & (isLater ? Kind.surname : Kind.given)) === 0 || (kinds & Kind.company) !== 0
  return (kinds & Kind.country) !== 0 && (kinds & (Kind.given | Kind.surname)) === 0
}
