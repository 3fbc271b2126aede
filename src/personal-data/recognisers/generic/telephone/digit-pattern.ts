/**
 * What numbering plans say of a number's digits, as patterns of libphonenumber: digits, `\d`, `[2-9]`, `(?:…)`, `|`, `?`
 * and `{2,3}`. Read into sets of leading digits, so that no regular expression runs on traffic.
 */

/** Digits that a set tells apart. */
export const prefixDigits = 3

/** For three digits, or as many as the number has, one bit: 1 where a number begins with them. */
export type PrefixSet = Uint32Array

/** Prefixes by the number's length in digits, undefined where none has that length; of shorter ones than three all digits. */
export type PrefixesByLength = readonly (PrefixSet | undefined)[]

/** Longest number of E.164, without what leads to it. */
const longest = 17
const words = 32

/** Leading digits of all that matches the pattern, by length. Throws on what the patterns of libphonenumber do not use. */
export function readDigitPattern(pattern: string): PrefixesByLength {
  const reader = new PatternReader(pattern)
  const nothing: (PrefixSet | undefined)[] = [Uint32Array.of(1)]
  return reader.read(nothing)
}

/** Leading digits of all that begins with a match. */
export function readLeadingDigits(pattern: string): PrefixSet {
  const leading = emptyPrefixes()
  for (const [length, set] of readDigitPattern(pattern).entries()) {
    if (set === undefined) continue
    if (length >= prefixDigits) {
      addAll(leading, set)
      continue
    }
    const spread = 10 ** (prefixDigits - length)
    forEachPrefix(set, (prefix) => {
      for (let i = 0; i < spread; i++) addPrefix(leading, prefix * spread + i)
    })
  }
  return leading
}

export function emptyPrefixes(): PrefixSet {
  return new Uint32Array(words)
}

export function hasPrefix(set: PrefixSet, prefix: number): boolean {
  return ((set[prefix >> 5] >>> (prefix & 31)) & 1) === 1
}

export function addPrefix(set: PrefixSet, prefix: number): void {
  set[prefix >> 5] |= 1 << (prefix & 31)
}

export function forEachPrefix(set: PrefixSet, visit: (prefix: number) => void): void {
  for (let word = 0; word < set.length; word++) {
    for (let bits = set[word], prefix = word * 32; bits !== 0; bits >>>= 1, prefix++) {
      if ((bits & 1) === 1) visit(prefix)
    }
  }
}

export function addAll(set: PrefixSet, others: PrefixSet): void {
  for (let i = 0; i < others.length; i++) set[i] |= others[i]
}

/** Runs the pattern over sets of prefixes while it reads it. Sets are shared and never changed once they are made. */
class PatternReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(from: PrefixesByLength): PrefixesByLength {
    const ends = this.#choice(from)
    if (this.#at < this.#text.length)
      throw new Error(`digit pattern goes wrong at ${this.#at}: ${this.#text}`)
    return ends
  }

  #choice(from: PrefixesByLength): PrefixesByLength {
    let ends = this.#sequence(from)
    while (this.#text[this.#at] === '|') {
      this.#at++
      ends = union(ends, this.#sequence(from))
    }
    return ends
  }

  #sequence(from: PrefixesByLength): PrefixesByLength {
    let ends = from
    while (this.#at < this.#text.length && !'|)'.includes(this.#text[this.#at])) ends = this.#repeated(ends)
    return ends
  }

  /** Digits, or a group that is read anew for each time that it may be repeated. */
  #repeated(from: PrefixesByLength): PrefixesByLength {
    const isGroup = this.#text[this.#at] === '('
    const start = this.#at
    const digits = isGroup ? 0 : this.#digits()
    let once = isGroup ? this.#group(from) : withDigit(from, digits)
    const [fewest, most] = this.#counts()
    const end = this.#at
    let ends = fewest === 0 ? from : undefined
    for (let count = 1; count <= most; count++) {
      this.#at = start
      if (count > 1) once = isGroup ? this.#group(once) : withDigit(once, digits)
      if (count >= fewest) ends = ends === undefined ? once : union(ends, once)
    }
    this.#at = end
    return ends ?? once
  }

  #counts(): [fewest: number, most: number] {
    if (this.#text[this.#at] === '?') {
      this.#at++
      return [0, 1]
    }
    if (this.#text[this.#at] !== '{') return [1, 1]
    const close = this.#text.indexOf('}', this.#at)
    const counts = this.#text.slice(this.#at + 1, close).split(',')
    this.#at = close + 1
    return [Number(counts[0]), Number(counts[counts.length - 1])]
  }

  #group(from: PrefixesByLength): PrefixesByLength {
    this.#at += this.#text.startsWith('(?:', this.#at) ? 3 : 1
    const ends = this.#choice(from)
    if (this.#text[this.#at++] !== ')') throw new Error(`digit pattern has an open group: ${this.#text}`)
    return ends
  }

  /** What stands for one digit, as one bit for each that it may be. */
  #digits(): number {
    const first = this.#text[this.#at++]
    if (first === '\\' && this.#text[this.#at++] === 'd') return 0x3ff
    if (first >= '0' && first <= '9') return 1 << Number(first)
    if (first !== '[') throw new Error(`digit pattern goes wrong at ${this.#at - 1}: ${this.#text}`)
    const close = this.#text.indexOf(']', this.#at)
    if (close < 0) throw new Error(`digit pattern has an open class: ${this.#text}`)
    let digits = 0
    while (this.#at < close) {
      const low = Number(this.#text[this.#at])
      const isRange = this.#text[this.#at + 1] === '-'
      const high = isRange ? Number(this.#text[this.#at + 2]) : low
      this.#at += isRange ? 3 : 1
      for (let digit = low; digit <= high; digit++) digits |= 1 << digit
    }
    this.#at = close + 1
    return digits
  }
}

/** All of `from` with one digit more. */
function withDigit(from: PrefixesByLength, digits: number): PrefixesByLength {
  const to: (PrefixSet | undefined)[] = []
  for (let length = 0; length < Math.min(from.length, longest); length++) {
    const set = from[length]
    if (set !== undefined) to[length + 1] = length < prefixDigits ? extended(set, digits) : set
  }
  return to
}

function extended(set: PrefixSet, digits: number): PrefixSet {
  const longer = emptyPrefixes()
  forEachPrefix(set, (prefix) => {
    for (let digit = 0; digit < 10; digit++) {
      if (((digits >> digit) & 1) === 1) addPrefix(longer, prefix * 10 + digit)
    }
  })
  return longer
}

function union(a: PrefixesByLength, b: PrefixesByLength): PrefixesByLength {
  const both: (PrefixSet | undefined)[] = []
  for (let length = 0; length < Math.max(a.length, b.length); length++) {
    const [one, other] = [a[length], b[length]]
    if (one === undefined || other === undefined || one === other) {
      both[length] = one ?? other
      continue
    }
    const sum = one.length >= other.length ? one.slice() : other.slice()
    addAll(sum, one.length >= other.length ? other : one)
    both[length] = sum
  }
  return both
}
