import { formatAddress } from '../../lib/ip.ts'
import type { Microseconds } from '../../lib/time.ts'
import type { Endpoint } from '../../model/records.ts'
import { FlowPhase } from '../../packet/flow-phase.ts'
import type { FlowTable } from '../../packet/flow-table.ts'
import { IpProtocol } from '../../packet/packet.ts'
import type { Conversation } from '../conversation.ts'
import type { PresumedConversation } from '../presumed-conversation.ts'
import type { Engine } from '../engine.ts'
import { limits } from './limits.ts'

/** A connection as those knew it who watched it from its beginning, before its packets were held. */
export interface KnownConnection extends PresumedConversation {
  client: Endpoint
  server: Endpoint
  start: Microseconds
}

/** The TCP connections of a namespace that go on and of which it is known what they speak, as an engine that watched them knows them. */
export function connectionsOf(engine: Engine, origin: number): KnownConnection[] {
  const { flows } = engine
  const known: KnownConnection[] = []
  for (let flow = 0; flow < flows.records.used && known.length < limits.knownConnections; flow++) {
    if (!flows.isLive(flow) || !isOpen(flows, flow) || engine.originOf(flow) !== origin) continue
    const conversation = engine.conversationOf(flow)
    if (conversation?.isTold !== true || isMissed(conversation)) continue
    known.push({ ...endsOf(flows, flow), start: flows.start(flow), ...conversation.summary() })
  }
  return known
}

/** Of one namespace, until its packets have shown that they go on. */
export class KnownConnections {
  readonly #byEnds = new Map<string, KnownConnection>()

  /** Beyond the bound they are decided about as if nobody had watched them. */
  add(connections: readonly KnownConnection[]): void {
    for (const connection of connections) {
      if (this.#byEnds.size >= limits.knownConnections) return
      this.#byEnds.set(keyOf(connection.client, connection.server), connection)
    }
  }

  /** What is known of a flow, whichever of its ends it takes for the client; it is not known any more then. */
  take(flows: FlowTable, flow: number): KnownConnection | undefined {
    if (this.#byEnds.size === 0) return undefined
    const { client, server } = endsOf(flows, flow)
    for (const key of [keyOf(client, server), keyOf(server, client)]) {
      const known = this.#byEnds.get(key)
      if (this.#byEnds.delete(key)) return known
    }
    return undefined
  }
}

/** Whether a client's end is the one that the flow takes for it. */
export function isClientOf(flows: FlowTable, flow: number, { address, port }: Endpoint): boolean {
  const { client } = endsOf(flows, flow)
  return client.port === port && client.address === address
}

/** It may be that it cannot be told only because some of it was not seen. */
function isMissed({ application, anomalies }: Conversation): boolean {
  return application === 'unknown' && anomalies?.has('stream-gap') === true
}

function isOpen(flows: FlowTable, flow: number): boolean {
  return flows.protocol(flow) === IpProtocol.tcp && flows.phase(flow) === FlowPhase.tcpEstablished
}

function endsOf(flows: FlowTable, flow: number): { client: Endpoint; server: Endpoint } {
  return {
    client: { address: formatAddress(flows.clientAddress(flow)), port: flows.clientPort(flow) },
    server: { address: formatAddress(flows.serverAddress(flow)), port: flows.serverPort(flow) },
  }
}

function keyOf(client: Endpoint, server: Endpoint): string {
  return `${client.address} ${client.port} ${server.address} ${server.port}`
}
