import { formatAddress } from '../../lib/ip.ts'
import { Direction } from '../../model/direction.ts'
import type { FlowTable } from '../../packet/flow-table.ts'
import type { PeerNames } from '../../policy/groups/membership.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import { addressKey } from './address-key.ts'
import type { AnsweredNames } from './answered-names.ts'
import { ConnectionFlag, type ConnectionTable } from './connection-table.ts'
import type { WatchedWorkload } from './watched-workload.ts'

export interface PeerContext {
  live: LivePolicy
  flows: FlowTable
  connections: ConnectionTable
  names: AnsweredNames
}

/** Who the ends of connections are, to the policy. */
export class ConnectionPeers {
  readonly #context: PeerContext

  constructor(context: PeerContext) {
    this.#context = context
  }

  /** Sets the numbers of both ends, which are of one generation of the policy. */
  resolve(flow: number, workload: WatchedWorkload | undefined, virtualHost: string | undefined): void {
    const { live, connections } = this.#context
    const { generation } = live
    connections.from[flow] = this.#client(flow, workload)
    connections.to[flow] = this.#server(flow, workload, virtualHost)
    // To ask for the second may make the first's number void.
    if (live.generation !== generation) connections.from[flow] = this.#client(flow, workload)
  }

  /** Id of the workload or node at an end, where it is one that is known. */
  subjectAt(flow: number, direction: Direction, workload: WatchedWorkload | undefined): string | undefined {
    const isClient = direction === Direction.toServer
    if (workload !== undefined && this.#isLocal(flow, isClient)) return workload.subject
    const { flows, live } = this.#context
    return live.workloadAt(formatAddress(isClient ? flows.clientAddress(flow) : flows.serverAddress(flow)))
      ?.id
  }

  /** Names that the server had when the connection was made, or may have had then: it outlives them. */
  serverNames(flow: number): string[] {
    const { flows, names, connections } = this.#context
    const isOlder = connections.has(flow, ConnectionFlag.recalled)
    return names.of(flows.networkId(flow), flows.serverAddress(flow), isOlder ? 0 : flows.start(flow))
  }

  #client(flow: number, workload: WatchedWorkload | undefined): number {
    return (
      this.#local(flow, true, workload) ?? this.#remote(this.#context.flows.clientAddress(flow), undefined)
    )
  }

  #server(flow: number, workload: WatchedWorkload | undefined, virtualHost: string | undefined): number {
    const local = this.#local(flow, false, workload)
    if (local !== undefined) return local
    const dns = this.serverNames(flow)
    const names = { dns, ...(virtualHost === undefined ? {} : { virtualHost }) }
    const isNamed = dns.length > 0 || virtualHost !== undefined
    return this.#remote(this.#context.flows.serverAddress(flow), isNamed ? names : undefined)
  }

  /** The workload itself; undefined where it is the other end, or the policy does not know it. */
  #local(flow: number, isClient: boolean, workload: WatchedWorkload | undefined): number | undefined {
    if (workload === undefined || !this.#isLocal(flow, isClient)) return undefined
    const peer = this.#context.live.peerOfWorkload(workload.subject)
    return peer < 0 ? undefined : peer
  }

  #remote(address: Uint8Array, names: PeerNames | undefined): number {
    return this.#context.live.peerAt(formatAddress(address), address, names)
  }

  #isLocal(flow: number, isClient: boolean): boolean {
    const { loopback, localClient, localServer } = ConnectionFlag
    return this.#context.connections.has(flow, loopback | (isClient ? localClient : localServer))
  }
}

/** Within a namespace both ends are of the workload. */
export function isLoopbackFlow(flows: FlowTable, flow: number): boolean {
  const client = flows.clientAddress(flow)
  const server = flows.serverAddress(flow)
  return isLoopback(server) || isLoopback(client) || addressKey(client) === addressKey(server)
}

/** RFC 1122 section 3.2.1.3 and RFC 4291 section 2.5.3. */
function isLoopback(address: Uint8Array): boolean {
  if (address.length === 4) return address[0] === 127
  return address[15] === 1 && address.subarray(0, 15).every((byte) => byte === 0)
}
