import { ByteSet, wordBytes } from '../expression/byte-set.ts'

/**
 * How often bytes follow each other in what the web carries (HTML, JSON, minified JavaScript, CSS, logs, in equal
 * parts): a Markov chain over three kinds of byte, and the frequency of each byte within its kind. It only ranks
 * windows, so that a pattern is looked for by its rarest part; being wrong costs speed, never a match.
 */
const Kind = { digit: 0, letter: 1, other: 2 } as const

const kindOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x30 && byte <= 0x39) return Kind.digit
  return wordBytes.has(byte) ? Kind.letter : Kind.other
})

/** Share of each kind. */
const shares = [0.09, 0.62, 0.29]

/** `transitions[from][to]`: share of `to` among the bytes after one of kind `from`. */
const transitions = [
  [0.62, 0.05, 0.33],
  [0.01, 0.83, 0.16],
  [0.1, 0.4, 0.5],
]

const letters = 'etaoinsrlhdcupmfgbyvwkxjqz'
const frequentPunctuation = ' "\':,.;()=</>-{}[]_\n'

const weights = Float64Array.from({ length: 256 }, (_, byte) => {
  if (kindOf[byte] === Kind.digit) return 1
  const rank = letters.indexOf(String.fromCharCode(byte | 0x20))
  if (kindOf[byte] === Kind.letter) return (byte >= 0x60 ? 1 : 0.1) / (rank + 4)
  const place = frequentPunctuation.indexOf(String.fromCharCode(byte))
  return place < 0 ? 0.005 : 1 / (place + 2)
})

const kindTotals = [0, 0, 0]
for (let byte = 0; byte < 256; byte++) kindTotals[kindOf[byte]] += weights[byte]

/** Estimated share of positions in a text at which bytes of the sets stand one after the other. */
export function windowFrequency(sets: readonly ByteSet[]): number {
  let reached = shares
  for (const [i, set] of sets.entries()) {
    const within = kindShares(set)
    const arriving =
      i === 0
        ? reached
        : Object.values(Kind).map((to) => sum(reached.map((p, from) => p * transitions[from][to])))
    reached = arriving.map((p, kind) => p * within[kind])
  }
  return sum(reached)
}

/** Share of each kind's bytes that the set takes in. */
function kindShares(set: ByteSet): number[] {
  const totals = [0, 0, 0]
  for (const byte of set) totals[kindOf[byte]] += weights[byte]
  return totals.map((total, kind) => total / kindTotals[kind])
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
