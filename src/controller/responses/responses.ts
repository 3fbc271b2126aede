import type { Ledger } from '../../evidence/ledger.ts'
import type { Log } from '../../lib/log.ts'
import type { ActiveResponse } from '../../model/response-words.ts'
import type { ResponseRuleDefinition } from '../../policy/response/definition.ts'
import { ResponsePace } from '../../policy/response/pace.ts'
import { ResponseRules } from '../../policy/response/response-rules.ts'
import { quarantineEvent, type SecurityEvent } from '../../policy/response/security-event.ts'
import type { AuditStore } from '../../store/audit-store.ts'
import { controllerLimits } from '../limits.ts'
import type { ControllerPolicy } from '../policy/controller-policy.ts'
import { act, type ActionParts } from './response-actions.ts'
import type { Happening, HeldBackResponses, ResponseOutcome } from './response-outcome.ts'

export interface ResponsesOptions extends ActionParts {
  policy: ControllerPolicy
  ledger: Ledger
  audit: AuditStore
  log: Log
}

/** A rule and how often it came to act since the start. */
export interface ResponseRuleView {
  rule: ResponseRuleDefinition
  /** Events that it applied to. */
  matched: number
  /** Its actions that were done, failed, and left out because of a storm. */
  done: number
  failed: number
  heldBack: number
}

type Counts = Omit<ResponseRuleView, 'rule'>

/** Does what response rules say about what happens, not more often than it may be, and puts on record what came of it. */
export class Responses {
  readonly #options: ResponsesOptions
  readonly #pace = new ResponsePace()
  readonly #counts = new Map<string, Counts>()
  readonly #heldBack = new Map<string, HeldBackResponses>()
  readonly #timer: NodeJS.Timeout
  readonly #acting = new Set<Promise<void>>()
  #definitions: readonly ResponseRuleDefinition[] = []
  #rules = new ResponseRules([])
  #quarantined: ReadonlyMap<string, string>

  constructor(options: ResponsesOptions) {
    this.#options = options
    const { policy, quarantine } = options
    this.#quarantined = this.#reasons()
    this.#define()
    policy.onChange(() => this.#define())
    quarantine.onChange(() => this.#quarantineChanged())
    this.#timer = setInterval(() => this.#tellHeldBack(), controllerLimits.evidenceSumMs).unref()
  }

  /** Nobody asks for anything: events need not be made. */
  get isIdle(): boolean {
    return this.#definitions.length === 0
  }

  rules(): ResponseRuleView[] {
    return this.#definitions.map((rule) => ({ rule, ...this.#countsOf(rule.id) }))
  }

  /** The last that was done or failed, newest first, of before the start as well. */
  async outcomes(limit: number): Promise<ResponseOutcome[]> {
    const entries = await this.#options.ledger.entries({
      ...{ from: 0, kind: 'response', isNewestFirst: true },
      limit: controllerLimits.responseEntriesRead,
    })
    const told = entries.flatMap(({ body }) => {
      const said = JSON.parse(body?.text ?? '{}') as Partial<ResponseOutcome>
      return said.outcome === undefined ? [] : [said as ResponseOutcome]
    })
    return told.slice(0, limit)
  }

  /** Something happened. @returns whether it is not to be told of to people: a rule says so */
  take(happening: Happening): boolean {
    const { event } = happening
    const rules = this.#rules.matching(event, () => this.#groupsOf(event.workload))
    for (const rule of rules) this.#respond(rule, happening)
    return rules.some(({ actions }) => actions.includes('suppress-log'))
  }

  /** What is under way comes to its end. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    await Promise.all(this.#acting)
    this.#tellHeldBack()
    await Promise.all(this.#acting)
  }

  #define(): void {
    const definitions = this.#options.policy.declared.responses ?? []
    if (definitions === this.#definitions) return
    this.#definitions = definitions
    this.#rules = new ResponseRules(definitions)
    const ids = new Set(definitions.map(({ id }) => id))
    this.#pace.keepOnly(ids)
    for (const id of this.#counts.keys()) if (!ids.has(id)) this.#counts.delete(id)
  }

  #groupsOf(workload: string | undefined): readonly string[] {
    const { live } = this.#options.policy
    return workload === undefined ? [] : live.policy.groupsOfPeer(live.peerOfWorkload(workload))
  }

  #respond(rule: ResponseRuleDefinition, happening: Happening): void {
    this.#countsOf(rule.id).matched++
    const now = this.#options.now()
    for (const action of rule.actions) {
      if (action === 'suppress-log') continue
      const pace = this.#pace.ask(rule.id, action, matterOf(action, happening.event), now)
      if (pace !== 'go') this.#holdBack(rule, action, pace)
      else this.#begin(this.#act(rule, action, happening))
    }
  }

  async #act(rule: ResponseRuleDefinition, action: ActiveResponse, happening: Happening): Promise<void> {
    const decidedAt = this.#options.now()
    const counts = this.#countsOf(rule.id)
    let outcome: Pick<ResponseOutcome, 'outcome' | 'detail'>
    try {
      outcome = { outcome: 'done', detail: await act(action, this.#options, rule, happening) }
      counts.done++
    } catch (error) {
      outcome = { outcome: 'failed', detail: (error as Error).message }
      counts.failed++
    }
    const { event, record } = happening
    const tookMs = this.#options.now() - decidedAt
    await this.#record({
      ...{ at: new Date(decidedAt).toISOString(), rule: rule.id, action, ...outcome, tookMs },
      event: { name: event.names[0], level: event.level, text: event.text },
      ...(event.workload !== undefined && { workload: this.#named(event.workload) }),
      ...(record !== undefined && { record }),
    })
  }

  #named(id: string): { id: string; name: string } {
    return { id, name: this.#options.workload(id)?.workload.name ?? id }
  }

  async #record(said: ResponseOutcome): Promise<void> {
    const { ledger, audit, now } = this.#options
    const { rule, action, outcome, detail, tookMs, event, workload } = said
    await ledger.append({ kind: 'response', actor: rule, at: now(), body: said })
    await audit.append({
      at: now(),
      actor: { kind: 'rule', id: rule, name: rule },
      action: `response ${action}`,
      target: workload?.id ?? '',
      outcome,
      reason: `${event.name}: ${event.text}`.slice(0, controllerLimits.evidenceReason),
      detail: { detail, tookMs },
    })
  }

  #holdBack(
    { id: rule }: ResponseRuleDefinition,
    action: ActiveResponse,
    pace: 'repeated' | 'too-many',
  ): void {
    this.#countsOf(rule).heldBack++
    const key = JSON.stringify([rule, action])
    const at = new Date(this.#options.now()).toISOString()
    const held = this.#heldBack.get(key) ?? { at, rule, action, repeated: 0, tooMany: 0 }
    if (pace === 'repeated') held.repeated++
    else held.tooMany++
    this.#heldBack.set(key, held)
  }

  /** What was left out is on record as well, added up. */
  #tellHeldBack(): void {
    const { ledger, now } = this.#options
    for (const held of this.#heldBack.values()) {
      const at = now()
      this.#begin(ledger.append({ kind: 'response', actor: held.rule, at, body: held }))
    }
    this.#heldBack.clear()
  }

  /** Never rejects: what cannot be put on record is told in the log. */
  #begin(work: Promise<unknown>): void {
    const done = work.then(
      () => void this.#acting.delete(done),
      (error: unknown) => {
        this.#acting.delete(done)
        this.#options.log('error', `A response is not on record: ${(error as Error).message}`)
      },
    )
    this.#acting.add(done)
  }

  #countsOf(rule: string): Counts {
    const known = this.#counts.get(rule)
    if (known !== undefined) return known
    const counts = { matched: 0, done: 0, failed: 0, heldBack: 0 }
    this.#counts.set(rule, counts)
    return counts
  }

  #reasons(): ReadonlyMap<string, string> {
    return new Map(this.#options.quarantine.workloads.map(({ workload, reason }) => [workload, reason]))
  }

  /** Whoever did it, that a workload was cut off or let go is an event, too. */
  #quarantineChanged(): void {
    const before = this.#quarantined
    this.#quarantined = this.#reasons()
    for (const [id, reason] of this.#quarantined)
      if (!before.has(id)) this.take({ event: quarantineEvent(id, true, reason) })
    for (const [id, reason] of before)
      if (!this.#quarantined.has(id)) this.take({ event: quarantineEvent(id, false, reason) })
  }
}

/** A workload is cut off, recorded or has its case once, whatever happens in it; people are told of each matter, and each program is ended. */
function matterOf(action: ActiveResponse, { names, workload, matter, program }: SecurityEvent): string {
  if (action === 'webhook') return JSON.stringify([names[0], workload, matter])
  if (action === 'kill-process') return JSON.stringify([workload, program?.pids, program?.path])
  return workload ?? ''
}
