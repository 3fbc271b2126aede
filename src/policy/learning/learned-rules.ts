import type { LearnedPolicy } from '../composition.ts'
import type { GroupDefinition, RuleDefinition } from '../definition.ts'
import { learningLimits } from '../limits.ts'
import { type Evidence, joined, seenAgain } from './evidence.ts'
import { portText } from './port-text.ts'

/** What was seen of a service: an application by its name, or a port (`tcp/8080`, `icmp`) whose application has none. */
export type Spoken = { application: string } | { port: string }

/** Who speaks with whom, as groups; `host` where the group is that of one name. */
export interface LearnedPair {
  from: string
  to: string
  host?: string
}

/** Of ids of learned rules. */
export const learnedIdPrefix = 'learned/'

/** A learned rule as it is kept: everything that was seen, by application or port. */
export interface LearnedRule extends LearnedPair {
  id: string
  kind: 'applications' | 'ports'
  seen: Record<string, Evidence>
}

/** With when it was seen and how often, as people are shown it. */
export interface LearnedRuleView extends Evidence {
  rule: RuleDefinition
  seen: Record<string, Evidence>
}

/**
 * One rule for a pair and what it speaks, and one for the ports of what has no name. An application counts on any port, as
 * NeuVector learns it.
 */
export class LearnedRules {
  readonly #rules = new Map<string, LearnedRule>()
  readonly #hosts = new Map<string, number>()
  readonly #dirty = new Set<string>()
  /** Because there were too many. */
  refused = 0

  constructor(known: readonly LearnedRule[] = []) {
    for (const rule of known) this.#put(rule)
  }

  /** @returns whether it is something new, so that the policy is another */
  add(pair: LearnedPair, spoken: Spoken, at: number): boolean {
    const [kind, key] =
      'application' in spoken
        ? (['applications', spoken.application] as const)
        : (['ports', spoken.port] as const)
    const id = `${learnedIdPrefix}${pair.from}/${pair.to}/${kind}`
    const known = this.#rules.get(id)
    const rule = known ?? { id, kind, ...pair, seen: {} }
    const isNew = rule.seen[key] === undefined
    if ((known === undefined && !this.#hasRoom(pair)) || (isNew && isFull(rule))) {
      this.refused++
      return false
    }
    rule.seen[key] = seenAgain(rule.seen[key], at)
    if (known === undefined) this.#put(rule)
    this.#dirty.add(id)
    return isNew
  }

  /** A connection that a learned rule allows came again. */
  touch(id: string, spoken: Spoken, at: number): void {
    const rule = this.#rules.get(id)
    if (rule !== undefined) this.add(rule, spoken, at)
  }

  /** @returns whether it was there */
  remove(id: string): boolean {
    const rule = this.#rules.get(id)
    if (rule === undefined) return false
    this.#rules.delete(id)
    this.#dirty.add(id)
    const rest = (this.#hosts.get(rule.host ?? '') ?? 1) - 1
    if (rest === 0) this.#hosts.delete(rule.host ?? '')
    else if (rule.host !== undefined) this.#hosts.set(rule.host, rest)
    return true
  }

  /** Rules that have changed since this was last asked, and ids of those that are gone. */
  takeDirty(): { saved: LearnedRule[]; removed: string[] } {
    const ids = [...this.#dirty]
    this.#dirty.clear()
    return {
      saved: ids.flatMap((id) => this.#rules.get(id) ?? []),
      removed: ids.filter((id) => !this.#rules.has(id)),
    }
  }

  /** What was taken and could not be kept. */
  keepDirty(ids: readonly string[]): void {
    for (const id of ids) this.#dirty.add(id)
  }

  get policy(): LearnedPolicy {
    return {
      groups: [...this.#hosts.keys()].map(hostGroup),
      rules: [...this.#rules.values()].map(definitionOf),
    }
  }

  /** Whether a group is there because a rule of these names it. */
  isHostGroup(group: string): boolean {
    return group.startsWith(hostPrefix) && this.#hosts.has(group.slice(hostPrefix.length))
  }

  views(): LearnedRuleView[] {
    return Array.from(this.#rules.values(), (rule) => ({
      rule: definitionOf(rule),
      seen: rule.seen,
      ...joined(Object.values(rule.seen)),
    }))
  }

  #hasRoom({ host }: LearnedPair): boolean {
    if (this.#rules.size >= learningLimits.rules) return false
    return host === undefined || this.#hosts.has(host) || this.#hosts.size < learningLimits.hosts
  }

  #put(rule: LearnedRule): void {
    this.#rules.set(rule.id, rule)
    if (rule.host !== undefined) this.#hosts.set(rule.host, (this.#hosts.get(rule.host) ?? 0) + 1)
  }
}

const hostPrefix = 'host.'

/** The group of an external peer that DNS answers call so. */
export function hostGroupName(host: string): string {
  return `${hostPrefix}${host}`
}

function hostGroup(host: string): GroupDefinition {
  return { name: hostGroupName(host), criteria: [{ key: 'address', op: '=', value: host }] }
}

function isFull({ kind, seen }: LearnedRule): boolean {
  return kind === 'ports' && Object.keys(seen).length >= learningLimits.portsPerRule
}

function definitionOf({ id, kind, from, to, seen }: LearnedRule): RuleDefinition {
  const keys = Object.keys(seen).toSorted()
  const [applications, ports] = kind === 'applications' ? [keys, ''] : [[], portText(keys)]
  return { id, tier: 'learned', priority: 0, from, to, applications, ports, action: 'allow' }
}
