import { createSecretKey } from 'node:crypto'
import type { PacketSink } from '../packet/capture/capture.ts'
import { decode } from '../packet/decode.ts'
import { Defragmenter } from '../packet/defragment.ts'
import { type FlowSink, FlowTable } from '../packet/flow-table.ts'
import { DecodeStatus, IpProtocol, type Packet } from '../packet/packet.ts'
import { type StreamSink, TcpReassembler } from '../packet/tcp-reassembler.ts'
import type { PersonalDataDetector } from '../personal-data/detector.ts'
import type { Protocol } from '../protocols/protocol.ts'
import { ContentInspector } from './content-inspector.ts'
import { Conversation, type InspectionContext } from './conversation.ts'
import { FlowView } from './flow-view.ts'
import { Identification } from './identification.ts'
import { NameTable } from './name-table.ts'

export interface EngineOptions {
  protocols: readonly Protocol[]
  detector: PersonalDataDetector
  /** Key of the hashes of found values. */
  hashKey: Uint8Array
  /** Random bits for the flow table's hash. */
  seed: readonly [number, number]
  maxFlows?: number
}

export interface ObservationSink {
  /** A flow has ended. `view` is reused: take records from it during the call. */
  flow(view: FlowView): void
}

export interface EngineCounters {
  packets: number
  bytes: number
  /** Packets by what decoding came to, by the names of `DecodeStatus`. */
  statuses: number[]
}

/** From packets to observations: the same for captures and for live traffic. */
export class Engine implements PacketSink {
  readonly counters: EngineCounters = {
    packets: 0,
    bytes: 0,
    statuses: Object.values(DecodeStatus).map(() => 0),
  }
  readonly flows: FlowTable
  readonly tcp: TcpReassembler
  readonly #defragmenter = new Defragmenter()
  readonly #context: InspectionContext
  readonly #conversations: (Conversation | undefined)[] = []
  readonly #sink: ObservationSink
  readonly #view: FlowView
  #ended = 0

  constructor(options: EngineOptions, sink: ObservationSink) {
    const { protocols, detector, hashKey, seed, maxFlows } = options
    this.flows = new FlowTable(this.#flowEvents(), maxFlows === undefined ? { seed } : { seed, maxFlows })
    this.tcp = new TcpReassembler(this.flows, this.#streamEvents())
    this.#context = this.#makeContext(protocols, detector, hashKey)
    this.#view = new FlowView(this.flows, this.#context.names)
    this.#sink = sink
  }

  #makeContext(
    protocols: readonly Protocol[],
    detector: PersonalDataDetector,
    hashKey: Uint8Array,
  ): InspectionContext {
    const shared = { detector, hashKey: createSecretKey(hashKey), now: 0, names: new NameTable() }
    const context: InspectionContext = Object.assign(shared, {
      identification: new Identification(protocols),
      inspector: new ContentInspector(shared),
    })
    return context
  }

  packet(packet: Packet): void {
    this.counters.packets++
    this.counters.bytes += packet.originalLength
    const status = decode(packet)
    this.counters.statuses[status]++
    if (status === DecodeStatus.ok) this.#take(packet)
    else if (status === DecodeStatus.fragment) this.#defragment(packet)
  }

  #defragment(fragment: Packet): void {
    const whole = this.#defragmenter.add(fragment)
    if (whole !== undefined && whole.status === DecodeStatus.ok) this.#take(whole)
  }

  #take(packet: Packet): void {
    const flow = this.flows.track(packet)
    if (flow < 0) return
    this.#context.now = packet.time
    if (packet.protocol === IpProtocol.tcp) this.tcp.segment(flow, packet)
    else if (packet.protocol === IpProtocol.udp && packet.payloadEnd > packet.payloadStart) {
      this.#conversation(flow, 'udp').datagram(
        this.flows.direction,
        packet.bytes,
        packet.payloadStart,
        packet.payloadEnd,
      )
    }
  }

  /** The input is over: every flow ends. */
  close(): void {
    this.flows.endAll()
  }

  /** Time passes without packets. */
  expire(now: number): void {
    this.flows.expire(now)
    this.#defragmenter.expire(now)
  }

  #flowEvents(): FlowSink {
    return { ended: (flow) => this.#endFlow(flow) }
  }

  #streamEvents(): StreamSink {
    return {
      data: (flow, direction, bytes, start, end) =>
        this.#conversation(flow, 'tcp').data(direction, bytes, start, end),
      gap: (flow, direction, length) => this.#conversation(flow, 'tcp').gap(direction, length),
      ended: (flow, direction) => this.#conversations[flow]?.end(direction),
      anomaly: (flow, code) => this.#conversation(flow, 'tcp').anomaly(code),
    }
  }

  #endFlow(flow: number): void {
    if (this.flows.protocol(flow) === IpProtocol.tcp) this.tcp.end(flow)
    const conversation = this.#conversations[flow]
    conversation?.close()
    this.#view.flow = flow
    this.#view.id = String(++this.#ended)
    this.#view.conversation = conversation
    this.#sink.flow(this.#view)
    this.#conversations[flow] = undefined
  }

  #conversation(flow: number, transport: 'tcp' | 'udp'): Conversation {
    const known = this.#conversations[flow]
    if (known !== undefined) return known
    const made = new Conversation(this.#context, transport, this.flows.serverPort(flow))
    // An array that grows index by index stays dense: indexes of flows are handed out in order.
    while (this.#conversations.length <= flow) this.#conversations.push(undefined)
    this.#conversations[flow] = made
    return made
  }
}
