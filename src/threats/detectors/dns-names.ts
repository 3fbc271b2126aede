import { latin1 } from '../../lib/bytes.ts'
import type { DetectorContext } from '../detector-context.ts'
import { hasFewVowels, isReverse, labelEnd, nameHash, registeredLength } from './domain-names.ts'
import { limits } from '../limits.ts'
import { DistinctMeter } from '../meters/distinct-meter.ts'
import { SlotTable } from '../meters/slot-table.ts'

/** Bytes below the registered domain from which on a name may carry something; CDNs and their kind have longer ones, and the same again. */
const LONG_BYTES = 30
/** Places for names of a domain that are known, to tell what is asked again. */
const KNOWN = 64
/** Bits of entropy of a byte: hexadecimal digits of random bytes have up to 4, base32 up to 5; a counter has less. */
const ENTROPY = 3.2
/** Part of a name in octets that no host's name has: names of all scripts are ASCII in DNS (RFC 5891 section 4.4). */
const BINARY_PART = 0.25
/** Part of a domain's new long names that have to look random. */
const RANDOM_PART = 0.8
/** Shortest label that counts as made up; those of words are mostly shorter, and those of generators longer. */
const GENERATED_BYTES = 8

/**
 * DNS tunnels: much in the names of one registered domain that are long, look random and are never asked again. What is asked twice,
 * as are the long names of a CDN, counts once; names of reverse lookups count not at all.
 */
export class DnsNames {
  readonly #context: DetectorContext
  readonly #table: SlotTable
  /** By slot, beside the bytes of new long names: how many they were, and how many of them look random. */
  readonly #names = new Uint32Array(limits.domainSlots)
  readonly #random = new Uint32Array(limits.domainSlots)
  /** Taken with the first domain. */
  #known = new Int32Array(0)
  readonly #counts = new Uint16Array(256)

  readonly #unknown: DistinctMeter

  constructor(context: DetectorContext) {
    this.#context = context
    this.#table = new SlotTable(limits.domainSlots, context.threats.dnsTunnel.measure)
    this.#unknown = new DistinctMeter(context.threats.generatedNames.measure)
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
    if (isBinary(bytes, below) || (hasFewVowels(bytes, 0, below) && this.#entropy(bytes, below) >= ENTROPY))
      this.#random[slot]++
    if (this.#random[slot] < this.#names[slot] * RANDOM_PART) return
    seen.subject = latin1(bytes, below + 1, length)
    this.#context.tell(dnsTunnel, this.#table.weight[slot])
  }

  /** There is no such name: who asks for many that look made up has no list of those that are there. */
  unknown(flow: number, origin: number, bytes: Uint8Array, length: number): void {
    const { generatedNames } = this.#context.threats
    const start = length - registeredLength(bytes, length) + 1
    const label = labelEnd(bytes, start, length) - start
    if (!generatedNames.on || label < GENERATED_BYTES || label === length || isReverse(bytes, length)) return
    if (!hasFewVowels(bytes, start, start + label)) return
    const { seen, flows } = this.#context
    seen.ofFlow(flows, flow, origin)
    seen.key(generatedNames.id, generatedNames.by)
    this.#unknown.threshold = this.#context.thresholdOf(generatedNames)
    const count = this.#unknown.tried(seen.hash, seen.check, seen.time, nameHash(bytes, start, length))
    if (count > 0 && this.#unknown.news > 0) this.#context.tell(generatedNames, count, this.#unknown.news)
  }

  #slot(hash: number, check: number, now: number): number {
    let slot = this.#table.find(hash, check)
    if (slot >= 0 && !this.#table.isOver(slot, now)) return slot
    if (slot < 0) {
      slot = this.#table.take(hash, check, now)
      if (this.#known.length === 0) this.#known = new Int32Array(limits.domainSlots * KNOWN)
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

/** Whether much of `bytes[0, length)` is beyond ASCII: what encodes bytes in 7 bits of 8, as iodine does. */
function isBinary(bytes: Uint8Array, length: number): boolean {
  let beyond = 0
  for (let i = 0; i < length; i++) if (bytes[i] >= 0x80) beyond++
  return beyond > length * BINARY_PART
}
