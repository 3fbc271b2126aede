import { createHash } from 'node:crypto'
import { type Enforced, type PolicyPart, wireLimits } from '../../model/enforcer-messages.ts'
import type { EnforcerSession } from '../enforcer-session.ts'
import type { ControllerPolicy } from './controller-policy.ts'
import type { Quarantine } from './quarantine.ts'

interface Told {
  /** What it said last that it goes by. */
  enforced: Enforced
  /** What was sent and is not answered yet, in order. */
  awaited: ('policy' | 'quarantine')[]
  /** Digest of the policy that was sent last; one that could not be used is not sent again. */
  sent: string | null
}

/**
 * Brings the policy to the enforcers that are connected, and knows what each goes by. One policy at a time is under way to each; what
 * changes meanwhile follows as one.
 */
export class PolicyDistribution {
  readonly #policy: ControllerPolicy
  readonly #quarantine: Quarantine
  readonly #sessions = new Map<EnforcerSession, Told>()
  readonly #awaitingQuarantine = new Map<string, Set<() => void>>()
  #parts: PolicyPart[] | undefined

  constructor(policy: ControllerPolicy, quarantine: Quarantine) {
    this.#policy = policy
    this.#quarantine = quarantine
    policy.onChange(() => this.#changed())
    quarantine.onChange(() => this.#sendQuarantine())
  }

  /** An enforcer said what it goes by: after connecting, and after each change. */
  enforced(session: EnforcerSession, enforced: Enforced): void {
    const known = this.#sessions.get(session)
    if (known === undefined) return this.#begin(session, enforced)
    known.enforced = enforced
    known.awaited.shift()
    for (const workload of enforced.quarantined)
      for (const wake of this.#awaitingQuarantine.get(workload) ?? []) wake()
    this.#bring(session)
  }

  /** Resolves with the enforcers that have said that they keep a workload in quarantine, as soon as one has; with none after a while. */
  async whenQuarantined(workload: string, withinMs: number): Promise<string[]> {
    const known = this.quarantining(workload)
    if (known.length > 0) return known
    const { promise, resolve } = Promise.withResolvers<void>()
    const waiting = this.#awaitingQuarantine.get(workload) ?? new Set()
    this.#awaitingQuarantine.set(workload, waiting.add(resolve))
    const timer = setTimeout(resolve, withinMs)
    await promise
    clearTimeout(timer)
    waiting.delete(resolve)
    if (waiting.size === 0) this.#awaitingQuarantine.delete(workload)
    return this.quarantining(workload)
  }

  #begin(session: EnforcerSession, enforced: Enforced): void {
    this.#sessions.set(session, { enforced, awaited: [], sent: null })
    const wanted = this.#quarantine.workloads.map(({ workload }) => workload)
    if (!isSameSet(wanted, enforced.quarantined)) this.#sendQuarantineTo(session)
    this.#bring(session)
  }

  ended(session: EnforcerSession): void {
    this.#sessions.delete(session)
  }

  /** Whether an enforcer goes by the policy that holds; undefined where it has not said. */
  isCurrentAt(session: EnforcerSession): boolean | undefined {
    const told = this.#sessions.get(session)
    return told === undefined ? undefined : told.enforced.policy === this.#current()[0].digest
  }

  /** Names of enforcers that have said that they keep a workload in quarantine. */
  quarantining(workload: string): string[] {
    return [...this.#sessions].flatMap(([{ hello }, { enforced }]) =>
      hello !== null && enforced.quarantined.includes(workload) ? [hello.enforcer] : [],
    )
  }

  #changed(): void {
    this.#parts = undefined
    for (const session of this.#sessions.keys()) this.#bring(session)
  }

  #bring(session: EnforcerSession): void {
    const told = this.#sessions.get(session)
    const parts = this.#current()
    const [{ digest }] = parts
    if (told === undefined || told.awaited.includes('policy')) return
    if (digest === told.enforced.policy || digest === told.sent) return
    told.sent = digest
    told.awaited.push('policy')
    for (const part of parts) session.send({ kind: 'policy', ...part })
  }

  #sendQuarantine(): void {
    for (const session of this.#sessions.keys()) this.#sendQuarantineTo(session)
  }

  #sendQuarantineTo(session: EnforcerSession): void {
    this.#sessions.get(session)?.awaited.push('quarantine')
    session.send({ kind: 'quarantine', workloads: [...this.#quarantine.workloads] })
  }

  #current(): PolicyPart[] {
    return (this.#parts ??= partsOf(JSON.stringify(this.#policy.definition), this.#policy.history.number))
  }
}

function partsOf(text: string, version: number): PolicyPart[] {
  const digest = createHash('sha256').update(text).digest('hex')
  const size = wireLimits.policyPartLength
  const parts = Math.max(1, Math.ceil(text.length / size))
  return Array.from({ length: parts }, (_, i) => ({
    version,
    digest,
    part: i + 1,
    parts,
    text: text.slice(i * size, (i + 1) * size),
  }))
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && new Set(a).isSubsetOf(new Set(b))
}
