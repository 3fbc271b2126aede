import { copyBytes, i32 } from '../lib/bytes.ts'
import type { Microseconds } from '../lib/time.ts'
import { halfSipHash13 } from '../packet/flow-key.ts'
import type { FlowTable } from '../packet/flow-table.ts'
import type { Packet } from '../packet/packet.ts'
import type { ThreatDefinition } from './threat.ts'

/** Kind, origin, network, port, and two addresses of up to four words each. */
const HEAD_WORDS = 4
const WORDS = HEAD_WORDS + 8

/** What was seen, and between whom. One object, filled anew for each packet or flow that a detector asks about. */
export class Seen {
  time: Microseconds = 0
  /** `originNetworkId` of the packet: the namespace in which it was seen. */
  origin = 0
  /** -1 where it is of none. */
  flow = -1
  /** IP protocol; -1 where the packet was not read so far. */
  protocol = -1
  /** Bytes of an address; 0 where none is known. */
  addressBytes = 0
  readonly source = new Uint8Array(16)
  readonly target = new Uint8Array(16)
  sourcePort = 0
  targetPort = 0
  /** What else it is about, such as a domain, and a hash of that. */
  subject = ''
  subjectHash = 0
  /** Two hashes of what `key` was asked for. */
  hash = 0
  check = 0
  #network = 0
  readonly #words = new Int32Array(WORDS)
  readonly #seed: readonly [number, number]

  /** @param seed 64 random bits, so that nobody can aim at one slot of a meter */
  constructor(seed: readonly [number, number]) {
    this.#seed = [seed[0] | 0, seed[1] | 0]
  }

  /** Whoever sent the packet does something to whoever it goes to. */
  ofPacket(packet: Packet, flow: number): void {
    const { bytes, sourceAt, destinationAt, ipVersion } = packet
    const length = ipVersion === 0 ? 0 : ipVersion === 6 ? 16 : 4
    this.#forgetSubject()
    this.time = packet.time
    this.origin = packet.originNetworkId
    this.flow = flow
    this.#network = packet.networkId
    this.protocol = ipVersion === 0 ? -1 : packet.protocol
    this.addressBytes = length
    copyBytes(bytes, sourceAt, sourceAt + length, this.source, 0)
    copyBytes(bytes, destinationAt, destinationAt + length, this.target, 0)
    this.sourcePort = packet.sourcePort
    this.targetPort = packet.destinationPort
  }

  /** Whoever sent the frame says that the IPv4 address at `addressAt` is his. */
  ofClaim(packet: Packet, addressAt: number): void {
    this.ofPacket(packet, -1)
    this.addressBytes = 4
    this.protocol = -1
    copyBytes(packet.bytes, addressAt, addressAt + 4, this.source, 0)
    copyBytes(packet.bytes, addressAt, addressAt + 4, this.target, 0)
    this.sourcePort = 0
    this.targetPort = 0
  }

  /** A flow's client does something to its server. */
  ofFlow(flows: FlowTable, flow: number, origin: number): void {
    this.#forgetSubject()
    this.time = flows.last(flow)
    this.origin = origin
    this.flow = flow
    this.#network = flows.networkId(flow)
    this.protocol = flows.protocol(flow)
    this.addressBytes = flows.copyAddresses(flow, this.source, this.target)
    this.sourcePort = flows.clientPort(flow)
    this.targetPort = flows.serverPort(flow)
  }

  #forgetSubject(): void {
    if (this.subjectHash === 0) return
    this.subject = ''
    this.subjectHash = 0
  }

  /** It was the other end that did it. */
  turn(): void {
    for (let i = 0; i < this.addressBytes; i++) {
      const byte = this.source[i]
      this.source[i] = this.target[i]
      this.target[i] = byte
    }
    const port = this.sourcePort
    this.sourcePort = this.targetPort
    this.targetPort = port
  }

  /** Hashes what occurrences of one kind have in common into `hash` and `check`. */
  key(kind: number, by: ThreatDefinition['by']): void {
    const words = this.#words
    words[0] = kind ^ this.subjectHash
    words[1] = this.origin
    words[2] = this.#network
    words[3] = by === 'service' || by === 'sweep' ? this.targetPort : 0
    const addressWords = this.addressBytes >> 2
    this.#address(this.source, HEAD_WORDS, by === 'pair' || by === 'source' || by === 'sweep')
    this.#address(this.target, HEAD_WORDS + addressWords, by !== 'source' && by !== 'sweep')
    const [seed0, seed1] = this.#seed
    const blocks = HEAD_WORDS + 2 * addressWords
    this.hash = halfSipHash13(seed0, seed1, words, blocks, this.addressBytes)
    this.check = halfSipHash13(seed1, seed0, words, blocks, this.addressBytes)
  }

  /** Hashes two numbers into `hash` and `check`, whoever they are about. */
  keyNumbers(kind: number, first: number, second: number): void {
    const words = this.#words
    words[0] = kind
    words[1] = first
    words[2] = second
    words[3] = 0
    const [seed0, seed1] = this.#seed
    this.hash = halfSipHash13(seed0, seed1, words, HEAD_WORDS, 0)
    this.check = halfSipHash13(seed1, seed0, words, HEAD_WORDS, 0)
  }

  #address(bytes: Uint8Array, at: number, isWanted: boolean): void {
    const words = this.#words
    for (let i = 0, from = 0; from < this.addressBytes; i++, from += 4)
      words[at + i] = isWanted ? i32(bytes, from) : 0
  }
}
