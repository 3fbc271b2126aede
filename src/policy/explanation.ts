import type { Mode, RuleDefinition } from './definition.ts'
import { applicationNumber, applicationPending } from './rules/applications.ts'
import type { CompiledRule } from './rules/compiled-rule.ts'
import { type Check, checkRequirements, type ConnectionFacts, summarise } from './rules/requirements.ts'
import { coversPort, needsApplication, noRule } from './rules/rule-pair.ts'
import { type TransportCode, TransportCode as Codes } from './rules/transport.ts'
import { type Effect } from './verdict.ts'

/** A connection that is asked about. */
export interface Question {
  /** Numbers of peers. */
  from: number
  to: number
  transport: TransportCode
  port: number
  /** Undefined: not known yet. */
  application: string | undefined
  facts: ConnectionFacts
}

/** What one part of a rule asks, what was seen, and whether that is it. */
export interface CriterionCheck {
  criterion: 'from' | 'to' | 'port' | 'application' | 'encryption' | 'personal-data'
  wanted: string
  seen: string
  check: Check
}

export interface RuleExplanation {
  rule: RuleDefinition
  /** Place in the order of all rules, from 0. */
  rank: number
  checks: CriterionCheck[]
}

/** By the rules alone, whatever the mode. `pending`: what decides has not been seen. */
export type Outcome = 'allowed' | 'denied' | 'pending'

/** A verdict that says why. */
export interface Explanation {
  outcome: Outcome
  effect: Effect
  mode: { from: Mode | undefined; to: Mode | undefined; between: Mode | undefined }
  fromGroups: string[]
  toGroups: string[]
  /** The rule that decided; absent where none speaks of the connection. */
  decidedBy?: RuleExplanation
  /** Of a denial: the rule that allows what comes nearest. */
  nearest?: RuleExplanation
  /** One sentence for people. */
  reason: string
}

interface Asked {
  rules: readonly CompiledRule[]
  fromGroups: ReadonlySet<number>
  toGroups: ReadonlySet<number>
}

/** What explaining needs of a policy. */
interface Policy {
  modeOfPeer(peer: number): Mode | undefined
  modeBetween(from: number, to: number): Mode | undefined
  groupsOfPeer(peer: number): string[]
  effectFor(rank: number, mode: Mode | undefined): Effect
  denial(mode: Mode | undefined): Effect
}

/** Holds a connection against every rule, in order. Linear in the rules: for reports and people, not for each connection. */
export function explain(policy: Policy, question: Question, asked: Asked): Explanation {
  const { from, to } = question
  const mode = {
    from: policy.modeOfPeer(from),
    to: policy.modeOfPeer(to),
    between: policy.modeBetween(from, to),
  }
  const names = { from: policy.groupsOfPeer(from), to: policy.groupsOfPeer(to) }
  const explainer = new Explainer(question, asked, names)
  const decision = explainer.decide()
  const effect = effectOf(policy, decision, mode.between)
  const nearest = decision.outcome === 'denied' ? explainer.nearest(decision.rank) : undefined
  return {
    outcome: decision.outcome,
    effect,
    mode,
    fromGroups: names.from,
    toGroups: names.to,
    ...(decision.decidedBy === undefined ? {} : { decidedBy: decision.decidedBy }),
    ...(nearest === undefined ? {} : { nearest }),
    reason: reasonOf(decision),
  }
}

interface Decision {
  outcome: Outcome
  /** Of the rule that decided, or `noRule`, or `needsApplication`. */
  rank: number
  decidedBy?: RuleExplanation
}

function effectOf(policy: Policy, { outcome, rank, decidedBy }: Decision, mode: Mode | undefined): Effect {
  if (decidedBy?.rule.requirements === undefined || rank < 0) return policy.effectFor(rank, mode)
  if (outcome === 'denied') return policy.denial(mode)
  return outcome === 'allowed' ? 'pass' : 'check-requirements'
}

class Explainer {
  readonly #question: Question
  readonly #asked: Asked
  readonly #names: { from: string[]; to: string[] }
  readonly #application: number

  constructor(question: Question, asked: Asked, names: { from: string[]; to: string[] }) {
    this.#question = question
    this.#asked = asked
    this.#names = names
    this.#application =
      question.application === undefined ? applicationPending : applicationNumber(question.application)
  }

  decide(): Decision {
    for (const rule of this.#asked.rules) {
      const basic = this.#matches(rule)
      if (basic === 'unmet') continue
      const decidedBy = this.#explained(rule)
      if (basic === 'pending') return { outcome: 'pending', rank: needsApplication, decidedBy }
      return { outcome: outcomeOf(rule, decidedBy), rank: rule.rank, decidedBy }
    }
    return { outcome: 'denied', rank: noRule }
  }

  /** Of rules that allow, the one of which most holds, the first of equals; none that speaks of neither peer. */
  nearest(decidedAt: number): RuleExplanation | undefined {
    let best: CompiledRule | undefined
    let bestScore = 0
    for (const rule of this.#asked.rules) {
      if (rule.definition.action !== 'allow' || rule.rank === decidedAt) continue
      const score = this.#score(rule)
      if (score > bestScore) [best, bestScore] = [rule, score]
    }
    return best === undefined ? undefined : this.#explained(best)
  }

  /** Peers weigh most: a rule between others, for the same port, is no near one. Then what is spoken, then where. */
  #score(rule: CompiledRule): number {
    const { fromGroups, toGroups } = this.#asked
    const from = fromGroups.has(rule.from)
    const to = toGroups.has(rule.to)
    if (!from && !to) return 0
    const { transport, port } = this.#question
    const application = this.#applicationCheck(rule) === 'met' ? 2 : 0
    return (from ? 4 : 0) + (to ? 4 : 0) + application + (coversPort(rule, transport, port) ? 1 : 0)
  }

  #matches(rule: CompiledRule): Check {
    const { transport, port } = this.#question
    const { fromGroups, toGroups } = this.#asked
    if (!fromGroups.has(rule.from) || !toGroups.has(rule.to)) return 'unmet'
    return coversPort(rule, transport, port) ? this.#applicationCheck(rule) : 'unmet'
  }

  #applicationCheck({ applications }: CompiledRule): Check {
    if (applications === null) return 'met'
    if (this.#application === applicationPending) return 'pending'
    return applications.has(this.#application) ? 'met' : 'unmet'
  }

  #explained(rule: CompiledRule): RuleExplanation {
    const { definition, rank } = rule
    const { transport, port, application, facts } = this.#question
    const { fromGroups, toGroups } = this.#asked
    const checks: CriterionCheck[] = [
      {
        criterion: 'from',
        wanted: definition.from,
        seen: listed(this.#names.from),
        check: met(fromGroups.has(rule.from)),
      },
      {
        criterion: 'to',
        wanted: definition.to,
        seen: listed(this.#names.to),
        check: met(toGroups.has(rule.to)),
      },
      {
        criterion: 'port',
        wanted: rule.ports === null ? 'any' : definition.ports,
        seen: portText(transport, port),
        check: met(coversPort(rule, transport, port)),
      },
      {
        criterion: 'application',
        wanted: rule.applications === null ? 'any' : definition.applications.join(', '),
        seen: application ?? 'not known yet',
        check: this.#applicationCheck(rule),
      },
      ...checkRequirements(definition.requirements ?? {}, facts),
    ]
    return { rule: definition, rank, checks }
  }
}

function outcomeOf({ definition }: CompiledRule, { checks }: RuleExplanation): Outcome {
  if (definition.action === 'deny') return 'denied'
  const check = summarise(checks)
  return check === 'met' ? 'allowed' : check === 'pending' ? 'pending' : 'denied'
}

function reasonOf({ outcome, decidedBy }: Decision): string {
  if (decidedBy === undefined) return 'No rule speaks of it, and what no rule allows is denied.'
  const { rule, checks } = decidedBy
  const name = `Rule ${rule.id}`
  if (outcome === 'allowed') return `${name} allows it.`
  if (rule.action === 'deny' && outcome === 'denied') return `${name} denies it.`
  const open = checks.filter(({ check }) => check === (outcome === 'denied' ? 'unmet' : 'pending'))
  const parts = open.map(
    ({ criterion, wanted, seen }) => `${criterion} (asked for: ${wanted}; seen: ${seen})`,
  )
  const listing = parts.join(' and ')
  if (outcome === 'denied') return `${name} allows it, but not with this ${listing}.`
  return `${name} decides once more is known: ${listing}.`
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'no group' : names.join(', ')
}

function met(holds: boolean): Check {
  return holds ? 'met' : 'unmet'
}

function portText(transport: TransportCode, port: number): string {
  if (transport === Codes.icmp) return 'icmp'
  return transport === Codes.other
    ? 'another transport'
    : `${transport === Codes.tcp ? 'tcp' : 'udp'}/${port}`
}
