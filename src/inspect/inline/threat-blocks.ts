import { formatAddress } from '../../lib/ip.ts'
import type { Microseconds } from '../../lib/time.ts'
import type { FlowTable } from '../../packet/flow-table.ts'
import type { Seen } from '../../threats/seen.ts'
import type { ThreatDefinition } from '../../threats/threat.ts'
import { limits } from './limits.ts'

/** What a threat means for the packet that shows it. */
export const ThreatAnswer = {
  none: 0,
  /** It is not forwarded, without a word: there are too many of its kind, from whomever. */
  drop: 1,
  /** Neither is it, and its connection is over. */
  cut: 2,
} as const
export type ThreatAnswer = (typeof ThreatAnswer)[keyof typeof ThreatAnswer]

interface KeptOut {
  until: Microseconds
  isTold: boolean
}

/**
 * Threats that a group asks to have blocked: the packet that shows one is not forwarded, and whoever it comes from begins no further
 * connection for a while, with the same peer or, where it scans, with anybody. Connections that were there before go on: an address may be
 * forged, and whoever is meant by that is to lose nothing that it has.
 */
export class ThreatBlocks {
  /** Of the packet at hand. */
  answer: ThreatAnswer = ThreatAnswer.none
  readonly #flows: FlowTable
  /** Who begins nothing, by namespace and addresses. The one that was longest ago first. */
  readonly #keptOut = new Map<string, KeptOut>()

  constructor(flows: FlowTable) {
    this.#flows = flows
  }

  /**
   * Whether a threat is blocked, which is then kept to.
   * @param handling what the group asks for; `usual` is what NeuVector drops
   */
  isBlocked(
    threat: ThreatDefinition,
    seen: Seen,
    handling: 'usual' | 'all' | 'none' | ReadonlySet<number>,
  ): boolean {
    const isListed = typeof handling !== 'string' && handling.has(threat.id)
    const isUsual = handling === 'usual' && threat.isBlocked === true
    if (handling !== 'all' && !isListed && !isUsual) return false
    this.#add(threat, seen)
    return true
  }

  #add({ by }: ThreatDefinition, { origin, source, target, addressBytes, time }: Seen): void {
    const isOfMany = by === 'target'
    this.answer = Math.max(this.answer, isOfMany ? ThreatAnswer.drop : ThreatAnswer.cut) as ThreatAnswer
    if (isOfMany || by === 'service' || addressBytes === 0) return
    const key = keyOf(
      origin,
      formatAddress(source, 0, addressBytes),
      by === 'pair' ? formatAddress(target, 0, addressBytes) : '',
    )
    const isTold = this.#keptOut.get(key)?.isTold === true
    this.#keptOut.delete(key)
    this.#keptOut.set(key, { until: time + limits.threatBlockUs, isTold })
    if (this.#keptOut.size <= limits.threatSources) return
    for (const oldest of this.#keptOut.keys()) return void this.#keptOut.delete(oldest)
  }

  /** Why the client of a flow that begins may begin none now; undefined where it may. */
  keepsOut(flow: number, origin: number, now: Microseconds): KeptOut | undefined {
    if (this.#keptOut.size === 0) return undefined
    const client = formatAddress(this.#flows.clientAddress(flow))
    const server = formatAddress(this.#flows.serverAddress(flow))
    return this.#find(keyOf(origin, client, server), now) ?? this.#find(keyOf(origin, client, ''), now)
  }

  #find(key: string, now: Microseconds): KeptOut | undefined {
    const found = this.#keptOut.get(key)
    if (found === undefined || now < found.until) return found
    this.#keptOut.delete(key)
    return undefined
  }
}

/** @param target empty for any */
function keyOf(origin: number, source: string, target: string): string {
  return `${origin} ${source} ${target}`
}
