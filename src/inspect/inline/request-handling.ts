import type { Strictness } from '../../attacks/attack.ts'
import type { SensorHandling } from '../../policy/policy.ts'
import type { PeerContext } from './connection-peers.ts'
import { ConnectionFlag } from './connection-table.ts'

/** What is done with attacks in the requests of a flow, by what the groups of its ends say. */
export interface RequestHandling {
  /** Whether what an attack completes is cut. */
  blocksAttacks(flow: number): boolean
  /** What becomes of what a WAF sensor of the user matches. */
  sensorHandling(flow: number, sensor: string): SensorHandling
  strictness(flow: number): Strictness
  /** Whether either end is a member of one of these groups. */
  isOf(flow: number, groups: readonly string[]): boolean
}

/** As the policy has it for connections whose ends are known; only what is strict is cut. */
export class PolicyRequestHandling implements RequestHandling {
  readonly #context: PeerContext
  readonly #resolve: (flow: number) => void

  /** @param resolve - finds out who the ends are, where that may not be known yet */
  constructor(context: PeerContext, resolve: (flow: number) => void = () => undefined) {
    this.#context = context
    this.#resolve = resolve
  }

  blocksAttacks(flow: number): boolean {
    const { connections } = this.#context
    const { strict, blocksAttacks } = ConnectionFlag
    return connections.has(flow, blocksAttacks) && connections.has(flow, strict)
  }

  /** Sensors are about what comes to the members of a group, as in NeuVector. */
  sensorHandling(flow: number, sensor: string): SensorHandling {
    this.#resolve(flow)
    const { connections, live } = this.#context
    const handling = live.policy.sensorHandling(connections.to[flow], sensor)
    return handling === 'block' && !connections.has(flow, ConnectionFlag.strict) ? 'report' : handling
  }

  strictness(flow: number): Strictness {
    const { connections, live } = this.#context
    if (!live.policy.hasStrictness) return 1
    this.#resolve(flow)
    const client = live.policy.strictnessOf(connections.from[flow])
    const server = live.policy.strictnessOf(connections.to[flow])
    return client > server ? client : server
  }

  isOf(flow: number, groups: readonly string[]): boolean {
    this.#resolve(flow)
    const { connections, live } = this.#context
    return [connections.from[flow], connections.to[flow]].some((peer) =>
      live.policy.groupsOfPeer(peer).some((name) => groups.includes(name)),
    )
  }
}

/** Where nothing is cut. */
export class WatchedRequestHandling extends PolicyRequestHandling {
  override blocksAttacks(): boolean {
    return false
  }

  override sensorHandling(flow: number, sensor: string): SensorHandling {
    return super.sensorHandling(flow, sensor) === 'off' ? 'off' : 'report'
  }
}
