import type { Microseconds } from '../../lib/time.ts'
import { Direction } from '../../model/direction.ts'
import type { Packet } from '../../packet/packet.ts'
import type { Engine } from '../engine.ts'
import type { PeerContext } from './connection-peers.ts'
import { presumedBy, type RecalledConnection } from './connection-note.ts'
import { ConnectionFlag } from './connection-table.ts'
import { hasContent } from './control-message.ts'
import type { CoverageCounts } from './coverage-counts.ts'
import { isClientOf, type KnownConnection, type KnownConnections } from './known-connections.ts'
import { limits } from './limits.ts'
import type { WatchedWorkload } from './watched-workload.ts'

/** A namespace whose packets are decided about. */
export interface Watched {
  workload: WatchedWorkload
  since: Microseconds
  /** What those know who watched it before, and how many of them have yet to say so. */
  known: KnownConnections
  awaited: number
}

/** What is known of connections whose beginning was not seen, by those who saw it. */
export class PickUps {
  readonly #engine: Engine
  readonly #context: PeerContext
  readonly #coverage: CoverageCounts

  constructor(engine: Engine, context: PeerContext, coverage: CoverageCounts) {
    this.#engine = engine
    this.#context = context
    this.#coverage = coverage
  }

  /** Takes up a connection that was released, by what was noted of it then. */
  recall(flow: number, packet: Packet, { note, isFromAnswerer }: RecalledConnection): void {
    const { flows, connections } = this.#context
    const isClient = isFromAnswerer === (flows.direction === Direction.toClient)
    const known = hasContent(flows.protocol(flow)) ? presumedBy(note) : undefined
    connections.set(flow, ConnectionFlag.recalled)
    if (known !== undefined) return this.#goOn(flow, { ...known, start: packet.time }, isClient)
    connections.setTo(flow, ConnectionFlag.awaitsKnown, false)
    flows.began(flow, packet.time, !isClient)
    if (!isClient) this.#swapEnds(flow)
  }

  /** Asks what others know of it, or takes it as it is where nobody will say any more. */
  lookUp(flow: number, packet: Packet, watched: Watched | undefined): void {
    const { flows, connections } = this.#context
    const known = watched?.known.take(flows, flow)
    if (known !== undefined) return this.#goOn(flow, known, isClientOf(flows, flow, known.client))
    const isOver = packet.time - (watched?.since ?? 0) > limits.knownWaitUs
    if (watched !== undefined && watched.awaited > 0 && !isOver) return
    connections.setTo(flow, ConnectionFlag.awaitsKnown, false)
    this.#coverage.add(watched?.workload.subject, 'inline-picked-up', 1, 0)
  }

  /** A connection that was watched from its beginning is decided about as if it had been held from there. */
  #goOn(flow: number, known: Omit<KnownConnection, 'client' | 'server'>, isClient: boolean): void {
    const { connections } = this.#context
    const { midstream, awaitsKnown, answered } = ConnectionFlag
    this.#engine.presume(flow, known, isClient)
    if (!isClient) this.#swapEnds(flow)
    connections.setTo(flow, midstream | awaitsKnown, false)
    connections.set(flow, answered)
    connections.epoch[flow] = -1
  }

  #swapEnds(flow: number): void {
    this.#context.connections.flags[flow] ^= ConnectionFlag.localClient | ConnectionFlag.localServer
  }
}
