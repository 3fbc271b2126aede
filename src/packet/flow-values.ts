import type { Microseconds } from '../lib/time.ts'
import type { Direction } from '../model/direction.ts'
import type { FlowState } from '../model/records.ts'
import { addressWords, KeyWord } from './flow-key.ts'
import { type FlowPhase, flowStates } from './flow-phase.ts'
import {
  FLOW_STATS,
  FLOW_WORDS,
  FlowFlag,
  type FlowRecords,
  FlowStat,
  FlowWord,
  PHASE_MASK,
} from './flow-records.ts'

/** What the table knows of each flow, for as long as it is live. */
export class FlowValues {
  /** Only for those who keep their state there. */
  readonly records: FlowRecords

  constructor(records: FlowRecords) {
    this.records = records
  }

  /** Flow indexes are below this; it doubles as the table grows. */
  get capacity(): number {
    return this.records.capacity
  }

  isLive(flow: number): boolean {
    return (this.#word(flow, FlowWord.status) & FlowFlag.live) !== 0
  }

  phase(flow: number): FlowPhase {
    return (this.#word(flow, FlowWord.status) & PHASE_MASK) as FlowPhase
  }

  state(flow: number): FlowState {
    return flowStates[this.phase(flow)]
  }

  /** Time of the first packet. */
  start(flow: number): Microseconds {
    return this.records.stats[flow * FLOW_STATS + FlowStat.start]
  }

  /** Time of the last packet. */
  last(flow: number): Microseconds {
    return this.records.stats[flow * FLOW_STATS + FlowStat.last]
  }

  /** On the wire, from the innermost network header on. */
  bytes(flow: number, direction: Direction): number {
    return this.records.stats[flow * FLOW_STATS + FlowStat.bytes + (direction ^ this.#clientSide(flow))]
  }

  packets(flow: number, direction: Direction): number {
    return this.records.stats[flow * FLOW_STATS + FlowStat.packets + (direction ^ this.#clientSide(flow))]
  }

  /** What one of the table's own two sides sends: the direction that `flip` exchanges. */
  directionOf(flow: number, side: number): Direction {
    return (side ^ this.#clientSide(flow)) as Direction
  }

  /** Whether one of the table's own two sides sent anything. */
  hasSpoken(flow: number, side: number): boolean {
    return this.records.stats[flow * FLOW_STATS + FlowStat.packets + side] !== 0
  }

  /** 4 or 6. */
  ipVersion(flow: number): number {
    return this.#word(flow, KeyWord.protocol) >> 8
  }

  protocol(flow: number): number {
    return this.#word(flow, KeyWord.protocol) & 0xff
  }

  networkId(flow: number): number {
    return this.#word(flow, KeyWord.network) >>> 0
  }

  clientPort(flow: number): number {
    return this.#port(flow, this.#clientSide(flow))
  }

  serverPort(flow: number): number {
    return this.#port(flow, this.#clientSide(flow) ^ 1)
  }

  /** 4 or 16 network-order bytes, newly made. */
  clientAddress(flow: number): Uint8Array {
    return this.#address(flow, this.#clientSide(flow))
  }

  /** 4 or 16 network-order bytes, newly made. */
  serverAddress(flow: number): Uint8Array {
    return this.#address(flow, this.#clientSide(flow) ^ 1)
  }

  /** Writes both addresses, of 4 or 16 network-order bytes, and returns how many these are. Allocates nothing. */
  copyAddresses(flow: number, client: Uint8Array, server: Uint8Array): number {
    const side = this.#clientSide(flow)
    this.#copyAddress(flow, side, client)
    return this.#copyAddress(flow, side ^ 1, server)
  }

  #word(flow: number, word: number): number {
    return this.records.words[flow * FLOW_WORDS + word]
  }

  #clientSide(flow: number): number {
    return (this.#word(flow, FlowWord.status) & FlowFlag.clientIsHigh) === 0 ? 0 : 1
  }

  #port(flow: number, side: number): number {
    const ports = this.#word(flow, KeyWord.ports)
    return side === 0 ? ports >>> 16 : ports & 0xffff
  }

  #address(flow: number, side: number): Uint8Array {
    const address = new Uint8Array(4 * addressWords(this.ipVersion(flow)))
    this.#copyAddress(flow, side, address)
    return address
  }

  #copyAddress(flow: number, side: number, address: Uint8Array): number {
    const words = addressWords(this.ipVersion(flow))
    for (let i = 0; i < 4 * words; i++) {
      const word = this.#word(flow, KeyWord.addresses + side * words + (i >> 2))
      address[i] = word >>> (24 - 8 * (i & 3))
    }
    return 4 * words
  }
}
