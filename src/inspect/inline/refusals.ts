import { Direction } from '../../model/direction.ts'
import type { ViolationCriterion } from '../../model/records.ts'
import { IpProtocol, type Packet, TcpFlag } from '../../packet/packet.ts'
import type { Conversation } from '../conversation.ts'
import type { Engine } from '../engine.ts'
import type { PeerContext } from './connection-peers.ts'
import { ConnectionFlag } from './connection-table.ts'
import { InlineAction } from './inline-action.ts'
import { limits } from './limits.ts'
import { type RefusalReason, refusalFrames, refusalPage } from './refusal-page.ts'
import type { ResetPackets } from './reset-packets.ts'

const { refusedAttack, refusedPersonalData } = ConnectionFlag

/** Answers clients over HTTP whose request is not forwarded, where no byte of an answer to it has been. Other protocols know no such answer. */
export class Refusals {
  readonly #engine: Engine
  readonly #context: PeerContext
  readonly #resets: ResetPackets
  /** Over HTTP/2, the stream that was answered, by flow: at most one for each place of the flow table. */
  readonly #streams = new Map<number, number>()

  constructor(engine: Engine, context: PeerContext, resets: ResetPackets) {
    this.#engine = engine
    this.#context = context
    this.#resets = resets
  }

  /**
   * Makes the answer to the packet at hand, which completes what is refused. Asked before the flow is left.
   * @returns false where there can be none
   */
  answer(
    flow: number,
    packet: Packet,
    conversation: Conversation | undefined,
    criterion: ViolationCriterion,
  ): boolean {
    if (criterion !== 'attack' && criterion !== 'personal-data') return false
    if (!this.#isFromClient(packet) || !this.#engine.tcp.hasAll(flow, packet)) return false
    const stream = conversation?.unanswered ?? 0
    if (stream === 0 && !awaitsFirstByte(conversation)) return false
    if (stream === 0) this.#streams.delete(flow)
    else this.#streams.set(flow, stream)
    this.#context.connections.set(flow, criterion === 'attack' ? refusedAttack : refusedPersonalData)
    this.#send(flow, packet, this.#engine.tcp.expected)
    return true
  }

  /**
   * What becomes of a packet of a connection that was cut, where its client was answered: it is to have the time to read that.
   * @returns undefined where it was not, or where both ends are to be told that it is over
   */
  after(flow: number, packet: Packet): InlineAction | undefined {
    const { connections } = this.#context
    if (!connections.has(flow, refusedAttack | refusedPersonalData)) return undefined
    if (!this.#isFromClient(packet)) return this.#isOurs(flow, packet) ? InlineAction.pass : InlineAction.drop
    if ((packet.tcpFlags & TcpFlag.fin) !== 0) return undefined
    if (packet.payloadLength === 0) return InlineAction.drop
    if (packet.time - connections.resetAt[flow] > limits.pageReadUs) return undefined
    if (connections.resets[flow] >= limits.resetsPerFlow) return InlineAction.drop
    // It may not have come.
    this.#send(flow, packet, undefined)
    return InlineAction.answer
  }

  #send(flow: number, packet: Packet, expected: number | undefined): void {
    const { connections } = this.#context
    if (expected !== undefined) connections.resetAt[flow] = packet.time
    connections.resets[flow]++
    this.#resets.makeAnswer(packet, this.#page(flow), expected)
  }

  #page(flow: number): Uint8Array {
    const reason: RefusalReason = this.#context.connections.has(flow, refusedAttack)
      ? 'attack'
      : 'personal-data'
    const stream = this.#streams.get(flow)
    const incident = this.#engine.idOf(flow)
    return stream === undefined ? refusalPage(reason, incident) : refusalFrames(reason, incident, stream)
  }

  #isFromClient(packet: Packet): boolean {
    return packet.protocol === IpProtocol.tcp && this.#context.flows.direction === Direction.toServer
  }

  /** Where the server is here our own answer waits as what it sends. What it writes itself is never the same, or harmless. */
  #isOurs(flow: number, { bytes, payloadStart, payloadEnd }: Packet): boolean {
    const page = this.#page(flow)
    return Buffer.compare(page, bytes.subarray(payloadStart, payloadEnd)) === 0
  }
}

/** HTTP/1 in the clear, and one request that waits. */
function awaitsFirstByte(conversation: Conversation | undefined): boolean {
  if (conversation?.application !== 'HTTP' || conversation.isWithin(Direction.toClient)) return false
  const { http } = conversation.details()
  return http?.version?.startsWith('1.') === true && http.requests - http.responses <= 1
}
