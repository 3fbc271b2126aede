import type { ByteSet } from '../expression/byte-set.ts'
import { wordBytes } from '../expression/byte-set.ts'

/**
 * How often bytes follow each other in what the web carries (HTML, JSON, minified JavaScript, CSS, logs, in equal
 * parts): a Markov chain over three kinds of byte, and the frequency of each byte within its kind. It only ranks
 * windows, so that a pattern is looked for by its rarest part; being wrong costs speed, never a match.
 */
const digit = 0
const letter = 1
const other = 2
const kindCount = 3

const kindOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x30 && byte <= 0x39) return digit
  return wordBytes.has(byte) ? letter : other
})

/** Share of each kind. */
const shares = [0.09, 0.62, 0.29]

/** Share of the second kind among the bytes after one of the first: `transitions[first * kindCount + second]`. */
const transitions = [0.62, 0.05, 0.33, 0.01, 0.83, 0.16, 0.1, 0.4, 0.5]

const letters = 'etaoinsrlhdcupmfgbyvwkxjqz'
const frequentPunctuation = ' "\':,.;()=</>-{}[]_\n'

/** Share of each byte within its kind. */
const byteShares = sharesWithinKinds()

function sharesWithinKinds(): Float64Array {
  const weights = Float64Array.from({ length: 256 }, (_, byte) => {
    if (kindOf[byte] === digit) return 1
    const rank = letters.indexOf(String.fromCharCode(byte | 0x20))
    if (kindOf[byte] === letter) return (byte >= 0x60 ? 1 : 0.1) / (rank + 4)
    const place = frequentPunctuation.indexOf(String.fromCharCode(byte))
    return place < 0 ? 0.005 : 1 / (place + 2)
  })
  const totals = [0, 0, 0]
  for (let byte = 0; byte < 256; byte++) totals[kindOf[byte]] += weights[byte]
  return weights.map((weight, byte) => weight / totals[kindOf[byte]])
}

/** Bytes are looked at eight at a time: as many as the bits of an octet say. */
const octets = 256 / 8

/** Share of each kind that the bytes of an octet have whose bits are set: `octetShares[(octet * 256 + bits) * kindCount + kind]`. */
const octetShares = sharesOfOctets()

function sharesOfOctets(): Float64Array {
  const table = new Float64Array(octets * 256 * kindCount)
  for (let octet = 0; octet < octets; octet++) {
    for (let bits = 1; bits < 256; bits++) {
      const byte = octet * 8 + 31 - Math.clz32(bits & -bits)
      const at = (octet * 256 + bits) * kindCount
      const others = (octet * 256 + (bits & (bits - 1))) * kindCount
      for (let kind = 0; kind < kindCount; kind++)
        table[at + kind] = table[others + kind] + (kind === kindOf[byte] ? byteShares[byte] : 0)
    }
  }
  return table
}

/** What of each kind a set has: the result of `shareWithin`. */
const within = new Float64Array(kindCount)

function shareWithin(set: ByteSet): void {
  let [digits, ofLetters, ofOthers] = [0, 0, 0]
  for (let octet = 0; octet < octets; octet++) {
    const bits = set.octet(octet)
    if (bits === 0) continue
    const at = (octet * 256 + bits) * kindCount
    digits += octetShares[at + digit]
    ofLetters += octetShares[at + letter]
    ofOthers += octetShares[at + other]
  }
  within[digit] = digits
  within[letter] = ofLetters
  within[other] = ofOthers
}

const reached = new Float64Array(kindCount)

/** Estimated share of positions in a text at which bytes of the sets stand one after the other. */
export function windowFrequency(sets: readonly ByteSet[]): number {
  for (let i = 0; i < sets.length; i++) {
    shareWithin(sets[i])
    const [fromDigit, fromLetter, fromOther] = [reached[digit], reached[letter], reached[other]]
    for (let to = 0; to < kindCount; to++) {
      const arriving =
        fromDigit * transitions[to] +
        fromLetter * transitions[kindCount + to] +
        fromOther * transitions[2 * kindCount + to]
      reached[to] = (i === 0 ? shares[to] : arriving) * within[to]
    }
  }
  return reached[digit] + reached[letter] + reached[other]
}
