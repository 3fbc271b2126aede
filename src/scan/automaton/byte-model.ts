import type { ByteSet } from '../expression/byte-set.ts'

/**
 * How often bytes follow each other in what crosses the wire: a Markov chain over eight kinds of byte, and the frequency of each
 * byte within its kind. Measured over equal parts of web pages with their scripts and styles, dense JSON, logs and manifests, and
 * the files of some hundred npm packages. It only ranks windows, so that a pattern is looked for by its rarest part; being wrong
 * costs speed, never a match.
 */
const kindCount = 8

/** Bytes of each kind. The vectors tell bytes by their halves, so punctuation goes by its upper half. */
const kinds: readonly string[] = [
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ' \t\r\n',
  '"\'',
  ':;<=>?',
  '!#$%&()*+,-./',
]
const rest = kinds.length

/** Share of each kind; `rest` is all that is not listed. */
const shares = [0.204, 0.469, 0.026, 0.094, 0.066, 0.045, 0.072, 0.024]

/** Share of each kind among the bytes that follow one: a row for the kind before. */
const transitions = Float64Array.of(
  ...[0.694, 0.079, 0.018, 0.024, 0.038, 0.031, 0.101, 0.015],
  ...[0.034, 0.751, 0.018, 0.067, 0.05, 0.026, 0.046, 0.008],
  ...[0.121, 0.425, 0.286, 0.041, 0.051, 0.021, 0.042, 0.013],
  ...[0.067, 0.368, 0.03, 0.384, 0.031, 0.027, 0.045, 0.049],
  ...[0.088, 0.362, 0.03, 0.022, 0.002, 0.273, 0.175, 0.049],
  ...[0.214, 0.165, 0.008, 0.149, 0.291, 0.056, 0.049, 0.068],
  ...[0.285, 0.263, 0.018, 0.114, 0.186, 0.032, 0.073, 0.028],
  ...[0.037, 0.201, 0.019, 0.18, 0.175, 0.027, 0.202, 0.159],
)

/** How often bytes occur, in 100,000; any other once. */
const occurrences: readonly [bytes: string, counts: readonly number[]][] = [
  ['0123456789', [2612, 2406, 2307, 2005, 1984, 1884, 1921, 1833, 1734, 1705]],
  ['abcdefghijklm', [3523, 1080, 2315, 2338, 5829, 1134, 843, 1148, 3051, 113, 404, 1959, 1416]],
  ['nopqrstuvwxyz', [2869, 3171, 1672, 60, 3342, 2869, 4125, 1487, 515, 503, 387, 662, 120]],
  ['ABCDEFGHIJKLM', [229, 62, 56, 69, 188, 19, 58, 146, 104, 93, 81, 100, 12]],
  ['NOPQRSTUVWXYZ', [79, 148, 330, 60, 51, 54, 29, 18, 155, 218, 67, 218, 10]],
  [' \n\t\r"\'', [7910, 973, 481, 19, 6557, 39]],
  [':;<=>?', [2597, 533, 249, 720, 269, 129]],
  ['!#$%&()*+,-./', [54, 47, 13, 39, 108, 485, 485, 134, 125, 2026, 1260, 1687, 691]],
  ['@[\\]^_`{|}~', [68, 231, 38, 218, 10, 231, 38, 660, 103, 660, 1]],
]

const kindOf = kindsOfBytes()
/** Share of each byte within its kind. */
const byteShares = sharesWithinKinds()

/** For each word of 32 bytes, what all of them are of each kind. */
const wordShares = sharesOfWords()

function sharesOfWords(): Float64Array {
  const sums = new Float64Array(8 * kindCount)
  for (let byte = 0; byte < 256; byte++) sums[(byte >> 5) * kindCount + kindOf[byte]] += byteShares[byte]
  return sums
}

function kindsOfBytes(): Uint8Array {
  const table = new Uint8Array(256).fill(rest)
  for (const [kind, bytes] of kinds.entries()) for (const byte of Buffer.from(bytes)) table[byte] = kind
  return table
}

function sharesWithinKinds(): Float64Array {
  const counts = new Float64Array(256).fill(1)
  for (const [bytes, known] of occurrences) {
    for (const [i, byte] of Buffer.from(bytes).entries()) counts[byte] = known[i]
  }
  const totals = new Float64Array(kindCount)
  for (let byte = 0; byte < 256; byte++) totals[kindOf[byte]] += counts[byte]
  return counts.map((count, byte) => count / totals[kindOf[byte]])
}

// Work space: frequencies are asked for thousands of times while a set is compiled.
const reached = new Float64Array(kindCount)
const arriving = new Float64Array(kindCount)
const within = new Float64Array(kindCount)

/** Estimated share of positions in a text at which bytes of the sets stand one after the other. */
export function windowFrequency(sets: readonly ByteSet[]): number {
  for (let i = 0; i < sets.length; i++) {
    if (i === 0) arriving.set(shares)
    else step()
    shareWithin(sets[i])
    for (let kind = 0; kind < kindCount; kind++) reached[kind] = arriving[kind] * within[kind]
  }
  let sum = 0
  for (let kind = 0; kind < kindCount; kind++) sum += reached[kind]
  return sum
}

/** What a set takes of each kind, to `within`. Words of 32 bytes that it has wholly, as most beyond ASCII, are known. */
function shareWithin(set: ByteSet): void {
  within.fill(0)
  for (let i = 0; i < 8; i++) {
    const word = set.word(i)
    if (word === 0xffffffff) {
      for (let kind = 0; kind < kindCount; kind++) within[kind] += wordShares[i * kindCount + kind]
    } else {
      for (let bits = word; bits !== 0; bits &= bits - 1) {
        const byte = i * 32 + 31 - Math.clz32(bits & -bits)
        within[kindOf[byte]] += byteShares[byte]
      }
    }
  }
}

/** Shares of the kinds at the next position: from `reached` to `arriving`. */
function step(): void {
  arriving.fill(0)
  for (let from = 0; from < kindCount; from++) {
    const share = reached[from]
    if (share === 0) continue
    for (let to = 0; to < kindCount; to++) arriving[to] += share * transitions[from * kindCount + to]
  }
}
