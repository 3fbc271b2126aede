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

/** Estimated share of positions in a text at which bytes of the sets stand one after the other. */
export function windowFrequency(sets: readonly ByteSet[]): number {
  const reached = [0, 0, 0]
  const within = [0, 0, 0]
  for (const [i, set] of sets.entries()) {
    within.fill(0)
    set.forEach((byte) => (within[kindOf[byte]] += byteShares[byte]))
    const [fromDigit, fromLetter, fromOther] = reached
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
