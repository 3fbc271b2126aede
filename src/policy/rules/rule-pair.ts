import type { CompiledRule } from './compiled-rule.ts'
import { applicationPending } from './applications.ts'
import { type TransportCode, transportCount } from './transport.ts'

/** No rule speaks of the connection. */
export const noRule = -1
/** What decides depends on the application, which is not known yet. */
export const needsApplication = -2

/** Ports of one transport, cut where rules begin and end. */
interface PortTable {
  starts: Uint32Array
  /** Rules of each piece up to the first that takes any application; made when they are first asked for. */
  rules: (readonly CompiledRule[] | undefined)[]
}

/** Rules between two classes of peers, found by port and application. */
export class RulePair {
  /** In order of rank. */
  readonly #rules: readonly CompiledRule[]
  readonly #tables: (PortTable | undefined)[] = Array.from({ length: transportCount }, () => undefined)

  constructor(rules: readonly CompiledRule[]) {
    this.#rules = rules
  }

  /** Rank of the first rule that matches, `noRule` or `needsApplication`. */
  decide(transport: TransportCode, port: number, application: number): number {
    const table = (this.#tables[transport] ??= this.#makeTable(transport))
    const piece = pieceOf(table.starts, port)
    const rules = (table.rules[piece] ??= this.#rulesFrom(transport, table.starts[piece]))
    for (const { applications, rank } of rules) {
      if (applications === null) return rank
      if (application === applicationPending) return needsApplication
      if (applications.has(application)) return rank
    }
    return noRule
  }

  /** First ports of the pieces of a transport's ports, ascending from 0: within a piece every port is decided alike. */
  pieces(transport: TransportCode): Uint32Array {
    return (this.#tables[transport] ??= this.#makeTable(transport)).starts
  }

  #makeTable(transport: TransportCode): PortTable {
    const cuts = new Set([0])
    for (const { ports } of this.#rules) {
      for (const range of ports ?? []) {
        if (range.transport === transport) cuts.add(range.first).add(range.last + 1)
      }
    }
    const starts = Uint32Array.from(cuts).sort()
    return { starts, rules: Array.from({ length: starts.length }, () => undefined) }
  }

  #rulesFrom(transport: TransportCode, port: number): readonly CompiledRule[] {
    const rules: CompiledRule[] = []
    for (const rule of this.#rules) {
      if (!coversPort(rule, transport, port)) continue
      rules.push(rule)
      if (rule.applications === null) break
    }
    return rules
  }
}

export function coversPort({ ports }: CompiledRule, transport: TransportCode, port: number): boolean {
  if (ports === null) return true
  return ports.some((range) => range.transport === transport && range.first <= port && port <= range.last)
}

function pieceOf(starts: Uint32Array, port: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (starts[middle] <= port) low = middle
    else high = middle - 1
  }
  return low
}
