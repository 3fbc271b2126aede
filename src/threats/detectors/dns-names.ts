import { latin1 } from '../../lib/bytes.ts'
import { isDigit } from '../../lib/ascii.ts'
import type { DetectorContext } from '../detector-context.ts'
import { limits } from '../limits.ts'
import { SlotTable } from '../meters/slot-table.ts'

const DOT = 0x2e
const HYPHEN = 0x2d
/** Bytes below the registered domain from which on a name may carry something; CDNs and their kind have longer ones, and the same again. */
const LONG_BYTES = 30
/** Places for names of a domain that are known, to tell what is asked again. */
const KNOWN = 64
/** Bits of entropy of a byte: hexadecimal digits of random bytes have up to 4, base32 up to 5; a counter has less. */
const ENTROPY = 3.2
/** Part of a name's letters and digits that are vowels: some 40 of 100 in words, 12 to 19 in anything that encodes bytes. */
const VOWELS = 0.26
/** Part of a domain's new long names that have to look random. */
const RANDOM_PART = 0.8
const WINDOW_US = 60_000_000

/**
 * DNS tunnels: much in the names of one registered domain that are long, look random and are never asked again. What is asked twice,
 * as are the long names of a CDN, counts once; names of reverse lookups count not at all.
 */
export class DnsNames {
  readonly #context: DetectorContext
  readonly #table = new SlotTable(limits.domainSlots, WINDOW_US)
  /** By slot, beside the bytes of new long names: how many they were, and how many of them look random. */
  readonly #names = new Uint32Array(limits.domainSlots)
  readonly #random = new Uint32Array(limits.domainSlots)
  readonly #known = new Int32Array(limits.domainSlots * KNOWN)
  readonly #counts = new Uint16Array(256)

  constructor(context: DetectorContext) {
    this.#context = context
  }

  /** A question on a flow. The name is `bytes[0, length)`, without escapes. */
  asked(flow: number, origin: number, bytes: Uint8Array, length: number): void {
    const { dnsTunnel } = this.#context.threats
    const below = length - registeredLength(bytes, length)
    if (!dnsTunnel.on || below < LONG_BYTES || isReverse(bytes, length)) return
    const { seen, flows } = this.#context
    seen.ofFlow(flows, flow, origin)
    // With the dot in front of the domain, which a name that is nothing else has not.
    seen.subjectHash = nameHash(bytes, below, length)
    seen.key(dnsTunnel.id, dnsTunnel.by)
    const slot = this.#slot(seen.hash, seen.check, seen.time)
    if (this.#isKnown(slot, nameHash(bytes, 0, length))) return
    this.#table.weight[slot] += below
    this.#names[slot]++
    if (hasFewVowels(bytes, below) && this.#entropy(bytes, below) >= ENTROPY) this.#random[slot]++
    if (this.#random[slot] < this.#names[slot] * RANDOM_PART) return
    seen.subject = latin1(bytes, below + 1, length)
    this.#context.tell(dnsTunnel, this.#table.weight[slot])
  }

  #slot(hash: number, check: number, now: number): number {
    let slot = this.#table.find(hash, check)
    if (slot >= 0 && !this.#table.isOver(slot, now)) return slot
    if (slot < 0) {
      slot = this.#table.take(hash, check, now)
      this.#known.fill(0, slot * KNOWN, (slot + 1) * KNOWN)
    }
    this.#table.since[slot] = now
    this.#table.weight[slot] = 0
    this.#names[slot] = 0
    this.#random[slot] = 0
    return slot
  }

  /** Remembers a name in the one place that its hash has; a name that displaced it is forgotten. */
  #isKnown(slot: number, hash: number): boolean {
    const at = slot * KNOWN + (hash & (KNOWN - 1))
    const isKnown = this.#known[at] === hash
    this.#known[at] = hash
    return isKnown
  }

  /** Bits of a byte of `bytes[0, length)`, by how often each byte is there. */
  #entropy(bytes: Uint8Array, length: number): number {
    const counts = this.#counts
    let entropy = 0
    for (let i = 0; i < length; i++) counts[bytes[i]]++
    for (let i = 0; i < length; i++) {
      const count = counts[bytes[i]]
      counts[bytes[i]] = 0
      if (count > 0) entropy -= (count / length) * Math.log2(count / length)
    }
    return entropy
  }
}

function hasFewVowels(bytes: Uint8Array, length: number): boolean {
  let vowels = 0
  let others = 0
  for (let i = 0; i < length; i++) {
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
function registeredLength(bytes: Uint8Array, length: number): number {
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
function isReverse(bytes: Uint8Array, length: number): boolean {
  const isArpa =
    length >= 5 && bytes[length - 1] === 0x61 && bytes[length - 5] === DOT && bytes[length - 4] === 0x61
  if (isArpa) return bytes[length - 3] === 0x72 && bytes[length - 2] === 0x70
  let digits = 0
  for (let i = 0; i < length; i++) if (isDigit(bytes[i]) || bytes[i] === DOT) digits++
  return digits * 2 > length && isDigit(bytes[0]) && bytes[1] === DOT
}

/** FNV-1a of the lower case: resolvers change the case of what they ask, and mean the same. */
function nameHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < end; i++) {
    const byte = bytes[i]
    hash = Math.imul(hash ^ (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte), 0x01000193)
  }
  return hash | 0
}
