import { isDigit } from '../../lib/ascii.ts'

const DOT = 0x2e
const HYPHEN = 0x2d
/** Part of a name's letters and digits that are vowels: some 40 of 100 in words, 12 to 19 in anything that encodes bytes. */
const VOWELS = 0.26

/** Whether `bytes[start, end)` has fewer vowels than words have. */
export function hasFewVowels(bytes: Uint8Array, start: number, end: number): boolean {
  let vowels = 0
  let others = 0
  for (let i = start; i < end; i++) {
    if (isVowel(bytes[i] | 0x20)) vowels++
    else if (bytes[i] !== DOT && bytes[i] !== HYPHEN) others++
  }
  return vowels < (vowels + others) * VOWELS
}

function isVowel(byte: number): boolean {
  return byte === 0x61 || byte === 0x65 || byte === 0x69 || byte === 0x6f || byte === 0x75
}

/**
 * Bytes of the registered domain at the end of a name: its last two labels, or three where the last two are such as `co.uk`. A list of
 * all suffixes would be larger than what it would add.
 */
export function registeredLength(bytes: Uint8Array, length: number): number {
  const last = labelStart(bytes, length)
  const second = last === 0 ? 0 : labelStart(bytes, last - 1)
  const isShort = length - last === 2 && last - 1 - second <= 3 && second > 0
  const start = isShort ? labelStart(bytes, second - 1) : second
  // With the dot in front of it.
  return length - Math.max(0, start - 1)
}

/** Where the label begins that ends before `end`. */
function labelStart(bytes: Uint8Array, end: number): number {
  let at = end
  while (at > 0 && bytes[at - 1] !== DOT) at--
  return at
}

/** `in-addr.arpa` and `ip6.arpa`, and lists that are asked about an address by its reverse. */
export function isReverse(bytes: Uint8Array, length: number): boolean {
  const isArpa =
    length >= 5 && bytes[length - 1] === 0x61 && bytes[length - 5] === DOT && bytes[length - 4] === 0x61
  if (isArpa) return bytes[length - 3] === 0x72 && bytes[length - 2] === 0x70
  let digits = 0
  for (let i = 0; i < length; i++) if (isDigit(bytes[i]) || bytes[i] === DOT) digits++
  return digits * 2 > length && isDigit(bytes[0]) && bytes[1] === DOT
}

/** FNV-1a of the lower case: resolvers change the case of what they ask, and mean the same. */
export function nameHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    hash = Math.imul(hash ^ (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte), 0x01000193)
  }
  return hash | 0
}

/** Where the label ends that begins at `start`. */
export function labelEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== DOT) at++
  return at
}
