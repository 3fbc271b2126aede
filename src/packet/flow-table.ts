import type { Microseconds } from '../lib/time.ts'
import { Direction } from '../model/direction.ts'
import { Connection, PortReuse } from './flow-connection.ts'
import { type FlowCounters, FlowEnd, flowEndNames, type FlowSink } from './flow-end.ts'
import { FlowIndex, MAX_INDEXED_FLOWS } from './flow-index.ts'
import { FlowKey, KEY_WORDS } from './flow-key.ts'
import {
  expendability,
  firstPhase,
  FlowPhase,
  type FlowPhaseName,
  flowPhaseNames,
  nextPhase,
} from './flow-phase.ts'
import { FlowRecency } from './flow-recency.ts'
import {
  FLOW_STATS,
  FLOW_WORDS,
  FlowFlag,
  FlowRecords,
  FlowStat,
  FlowWord,
  PHASE_MASK,
} from './flow-records.ts'
import { isSentByClient } from './flow-roles.ts'
import { FlowValues } from './flow-values.ts'
import { flowLimits } from './limits.ts'
import { DecodeStatus, IpProtocol, type Packet, TcpFlag } from './packet.ts'

export * from './flow-end.ts'

/** What happens when `maxFlows` is reached: an old flow makes room by `FlowEnd.evicted`, or the new one is refused. */
export type FlowFullPolicy = 'evict' | 'refuse'

export interface FlowTableOptions {
  /** 64 random bits of this process as two 32-bit numbers: key of the hash, so that nobody can aim at one bucket. */
  seed: readonly [number, number]
  maxFlows?: number
  whenFull?: FlowFullPolicy
  /** Milliseconds by phase; what is missing comes from `limits.ts`. */
  timeoutsMs?: Partial<Record<FlowPhaseName, number>>
}

const CLOCK_STEP_US = flowLimits.clockStepMs * 1000

/**
 * Flows of both address families by integer index. Nothing is allocated per packet or flow; memory grows by doubling
 * up to `maxFlows`. Indexes below `capacity` are stable for the life of a flow, so that others keep columns of their own.
 */
export class FlowTable extends FlowValues {
  readonly counters: FlowCounters = newCounters()
  /** Of the packet last tracked: its direction, and whether it began a flow. */
  direction: Direction = Direction.toServer
  created = false
  /** Which of the flow's two ends, in the table's own fixed order, sent the packet last tracked. `flip` does not change it. */
  side: 0 | 1 = 0
  /** Flows in the table. */
  size = 0
  readonly seed: readonly [number, number]
  readonly #sink: FlowSink
  readonly #whenFull: FlowFullPolicy
  readonly #key: FlowKey
  readonly #index: FlowIndex
  readonly #recency: FlowRecency
  readonly #reuse: PortReuse
  /** Hash of the key at hand, once it is needed; the flow of the packet before. */
  #hash = 0
  #recent = 0
  /** Packets until the next look at idle flows, and the span of time since the last one. */
  #packetsToSweep: number = flowLimits.sweepPackets
  #earliest = Infinity
  #latest = -Infinity

  constructor(sink: FlowSink, options: FlowTableOptions) {
    const most = Math.min(options.maxFlows ?? flowLimits.flows, MAX_INDEXED_FLOWS)
    super(new FlowRecords(flowLimits.firstFlows, most))
    this.seed = options.seed
    this.#sink = sink
    this.#whenFull = options.whenFull ?? 'evict'
    this.#key = new FlowKey(options.seed)
    this.#index = new FlowIndex(this.records)
    const timeoutsMs = { ...flowLimits.timeoutsMs, ...options.timeoutsMs }
    this.#recency = new FlowRecency(
      this.records,
      flowPhaseNames.map((name) => timeoutsMs[name]),
    )
    this.#reuse = new PortReuse(this.records)
  }

  /** Finds or makes the packet's flow and counts the packet; -1 when it is refused. Expects `packet.status` `ok`. */
  track(packet: Packet): number {
    this.created = false
    if (packet.status !== DecodeStatus.ok) {
      this.counters.refused.undecoded++
      return -1
    }
    this.#passTime(packet.time)
    this.#key.read(packet)
    this.side = this.#key.side
    const known = this.#find()
    const flow = known < 0 ? this.#create(packet) : this.#goOn(known, packet)
    if (flow >= 0) this.#count(flow, packet)
    this.#recent = Math.max(0, flow)
    return flow
  }

  /** Exchanges client and server of a flow: its protocol told better. */
  flip(flow: number): void {
    this.records.words[flow * FLOW_WORDS + FlowWord.status] ^= FlowFlag.clientIsHigh
  }

  /** The flow of the packet last tracked began before what was seen of it, and where `isFlipped` at its other end. */
  began(flow: number, start: Microseconds, isFlipped: boolean): void {
    this.records.stats[flow * FLOW_STATS + FlowStat.start] = start
    if (isFlipped) this.flip(flow)
    this.direction = this.directionOf(flow, this.side)
  }

  /** For whoever follows the connection closer than by its flags: the reassembler. */
  moveTo(flow: number, phase: FlowPhase): void {
    const at = flow * FLOW_WORDS + FlowWord.status
    const status = this.records.words[at]
    if ((status & PHASE_MASK) === phase) return
    this.#recency.remove(flow, status & PHASE_MASK)
    this.#recency.add(flow, phase)
    this.records.words[at] = (status & ~PHASE_MASK) | phase
  }

  /** Ends all that is idle at `now`. `track` does so by packet time; this is for times without packets. */
  expire(now: Microseconds): void {
    this.#sweep(now, now, Infinity)
  }

  end(flow: number, reason: FlowEnd): void {
    this.#sink.ended(flow, reason)
    this.counters.ended[flowEndNames[reason]]++
    this.#recency.remove(flow, this.phase(flow))
    this.#index.remove(flow)
    this.records.release(flow)
    this.size--
  }

  /** Ends every flow, in the order of their indexes. */
  endAll(from = 0, to = this.records.used): void {
    for (let flow = from; flow < to; flow++) {
      if (this.isLive(flow)) this.end(flow, FlowEnd.finished)
    }
  }

  /** Packets come in trains: often it is the flow of the packet before. */
  #find(): number {
    const recent = this.#recent
    if (this.isLive(recent) && this.#index.matches(recent, this.#key)) return recent
    this.#hash = this.#key.hash()
    return this.#index.find(this.#key, this.#hash)
  }

  /** The known flow, unless it is over and this packet begins another. */
  #goOn(flow: number, packet: Packet): number {
    const status = this.records.words[flow * FLOW_WORDS + FlowWord.status]
    const phase = status & PHASE_MASK
    if (this.#recency.isIdle(flow, phase, packet.time)) {
      return this.#replace(flow, endOfPhase(phase), packet)
    }
    const isOpening = (packet.tcpFlags & TcpFlag.syn) !== 0 || (status & FlowFlag.reopening) !== 0
    return isOpening && packet.protocol === IpProtocol.tcp ? this.#goOnOrReplace(flow, packet) : flow
  }

  #goOnOrReplace(flow: number, packet: Packet): number {
    const isOneSided = !this.hasSpoken(flow, this.side ^ 1)
    const connection = this.#reuse.judge(flow, packet, this.side, isOneSided)
    if (connection === Connection.same) return flow
    const successor = this.#replace(flow, FlowEnd.reused, packet)
    if (successor >= 0 && connection === Connection.replacedBySyn) this.#adoptSyn(successor)
    return successor
  }

  /** Ends a flow and begins another with the same key. */
  #replace(flow: number, reason: FlowEnd, packet: Packet): number {
    this.#hash = this.records.words[flow * FLOW_WORDS + FlowWord.hash]
    this.end(flow, reason)
    return this.#create(packet)
  }

  /** A flow whose SYN was counted to its predecessor: it is no pick-up in the middle, and its client is known. */
  #adoptSyn(flow: number): void {
    this.moveTo(flow, FlowPhase.tcpEstablished)
    if (this.directionOf(flow, this.side) !== Direction.toServer) this.flip(flow)
  }

  #create(packet: Packet): number {
    const flow = this.#takeRecord()
    if (flow < 0) {
      this.counters.refused.full++
      return -1
    }
    const { words, stats } = this.records
    const at = flow * FLOW_WORDS
    for (let i = 0; i < KEY_WORDS; i++) words[at + i] = this.#key.words[i]
    words[at + FlowWord.hash] = this.#hash
    words[at + FlowWord.initialSequence] = initialSequence(packet)
    const phase = firstPhase(packet)
    const isClientHigh = (this.side === 1) === isSentByClient(packet)
    words[at + FlowWord.status] = phase | FlowFlag.live | (isClientHigh ? FlowFlag.clientIsHigh : 0)
    words.fill(0, at + FlowWord.status + 1, at + FLOW_WORDS)
    stats[flow * FLOW_STATS + FlowStat.start] = packet.time
    stats[flow * FLOW_STATS + FlowStat.last] = packet.time
    this.#recency.add(flow, phase)
    this.#index.add(flow)
    this.size++
    this.counters.created++
    this.created = true
    return flow
  }

  #takeRecord(): number {
    const flow = this.records.take()
    return flow < 0 && this.#whenFull === 'evict' && this.#evict() ? this.records.take() : flow
  }

  #evict(): boolean {
    for (const phase of expendability) {
      const flow = this.#recency.oldest(phase)
      if (flow < 0) continue
      this.counters.evicted[flowPhaseNames[phase]]++
      this.end(flow, FlowEnd.evicted)
      return true
    }
    return false
  }

  #count(flow: number, packet: Packet): void {
    const { stats } = this.records
    const at = flow * FLOW_STATS
    const side = this.side
    stats[at + FlowStat.bytes + side] += packet.networkLength
    stats[at + FlowStat.packets + side]++
    this.direction = this.directionOf(flow, side)
    const last = stats[at + FlowStat.last]
    const isLater = packet.time > last || last - packet.time > CLOCK_STEP_US
    if (isLater) stats[at + FlowStat.last] = packet.time
    this.#follow(flow, packet, last)
  }

  /** Brings the flow's phase and its place among those of the same phase up to date. */
  #follow(flow: number, packet: Packet, last: Microseconds): void {
    const phase = this.phase(flow)
    const next = nextPhase(phase, packet, this.hasSpoken(flow, this.side ^ 1))
    if (next === phase) this.#recency.refresh(flow, phase, packet.time, last)
    else this.moveTo(flow, next)
  }

  #passTime(time: Microseconds): void {
    if (time < this.#earliest) this.#earliest = time
    if (time > this.#latest) this.#latest = time
    if (--this.#packetsToSweep > 0) return
    this.#sweep(this.#earliest, this.#latest, flowLimits.sweepEnds)
    this.#packetsToSweep = flowLimits.sweepPackets
    this.#earliest = Infinity
    this.#latest = -Infinity
  }

  /** Ends at most so many flows that are idle at `now`. */
  #sweep(now: Microseconds, latest: Microseconds, most: number): void {
    for (let ended = 0; ended < most; ended++) {
      const flow = this.#recency.idle(now, latest)
      if (flow < 0) return
      this.end(flow, endOfPhase(this.phase(flow)))
    }
  }
}

function endOfPhase(phase: number): FlowEnd {
  if (phase === FlowPhase.tcpClosed) return FlowEnd.closed
  return phase === FlowPhase.tcpReset ? FlowEnd.reset : FlowEnd.idle
}

/** Of the client's SYN; where that was not seen, what it must have been if this packet was the next. */
function initialSequence(packet: Packet): number {
  switch (packet.tcpFlags & (TcpFlag.syn | TcpFlag.ack)) {
    case TcpFlag.syn:
      return packet.sequence
    case TcpFlag.syn | TcpFlag.ack:
      return packet.acknowledgment - 1
    default:
      return packet.sequence - 1
  }
}

function newCounters(): FlowCounters {
  return {
    created: 0,
    ended: { idle: 0, closed: 0, reset: 0, reused: 0, evicted: 0, finished: 0 },
    evicted: Object.fromEntries(flowPhaseNames.map((name) => [name, 0])) as Record<FlowPhaseName, number>,
    refused: { full: 0, undecoded: 0 },
  }
}
