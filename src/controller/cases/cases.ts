import type { Ledger } from '../../evidence/ledger.ts'
import type { CaseTime, DutyId, TellingException } from '../../model/case-words.ts'
import {
  type BreachCase,
  type CaseScope,
  type SeverityChange,
  type SeverityChoices,
  type Submission,
  timeOf,
} from '../../privacy/case.ts'
import { missingParts } from '../../privacy/drafts/draft.ts'
import type { StoredCase } from '../../store/case-store.ts'
import type { StixSource } from '../../report/stix.ts'
import { StoreError } from '../../store/store-error.ts'
import { controllerLimits } from '../limits.ts'
import { CaseAccess } from './case-access.ts'
import { CaseError } from './case-error.ts'
import { beganOf, findEvent } from './case-event.ts'
import { evidenceOfCase } from './case-evidence.ts'
import { type Timeline, timelineOf } from './case-timeline.ts'
import { scopeOf, type ScopeSources } from './scope/scope-of.ts'

/** What of a case can be said by whoever opens it or handles it. */
interface CaseInput {
  title?: string
  state?: BreachCase['state']
  kinds?: BreachCase['kinds']
  role?: BreachCase['role']
  regimes?: BreachCase['regimes']
  workloads?: string[]
  addresses?: string[]
  credentials?: string[]
  description?: string
  consequences?: string
  measures?: string
  contact?: string
  severity?: SeverityChange
  /** RFC 3339. */
  times?: Partial<Record<CaseTime, string>>
  /** What was sent under which duty, and when; now where that is left out. */
  sent?: { duty: DutyId; at?: string }
  /** Why persons are not told each of them; null takes it back. */
  exception?: TellingException | null
}

/** Who does something with a case, and why. */
export interface CaseActor {
  by: string
  reason: string
}

interface CaseParts extends ScopeSources {
  ledger: Ledger
  now: () => number
}

/** Breach cases: opened, kept with their history, and put on record with each change. */
export class Cases {
  /** Who saw what of them. */
  readonly access: CaseAccess
  readonly #parts: CaseParts

  constructor(parts: CaseParts) {
    this.#parts = parts
    this.access = new CaseAccess(parts.store.audit, parts.now)
  }

  /** Newest first. */
  async list(): Promise<BreachCase[]> {
    return (await this.#parts.store.cases.list(controllerLimits.casesListed)).map(parsed)
  }

  /** All cases, or the newest of so many that not all can be handed out. */
  async register(): Promise<{ items: BreachCase[]; isCut: boolean }> {
    const most = controllerLimits.casesInRegister
    const stored = await this.#parts.store.cases.list(most + 1)
    return { items: stored.slice(0, most).map(parsed), isCut: stored.length > most }
  }

  /** @throws CaseError */
  async get(id: string): Promise<BreachCase> {
    return parsed(await this.#stored(id))
  }

  /** The scope is computed at once: of what was seen from when the breach began, or a day before it was detected. @throws CaseError */
  async open(
    { event, ...input }: CaseInput & { title: string; event?: string },
    actor: CaseActor,
  ): Promise<BreachCase> {
    if (event !== undefined) return this.open(...(await this.#fromEvent(event, input, actor)))
    const at = this.#time()
    const prefix = `case-${at.slice(0, 4)}-`
    const number = (await this.#parts.store.cases.count(prefix)) + 1
    const id = `${prefix}${`${number}`.padStart(4, '0')}`
    const opened = changed(emptyCase(id, at), input, { ...actor, at, what: 'opened' })
    const scoped = { ...opened, scope: await this.#scopeOf(opened) }
    return this.#keep(scoped, 1, 'opened', actor)
  }

  /** What an event says of a breach, unless whoever opens the case knows better. @throws CaseError */
  async #fromEvent(
    id: string,
    { times, ...input }: CaseInput & { title: string },
    { by, reason }: CaseActor,
  ): Promise<[CaseInput & { title: string }, CaseActor]> {
    const event = await findEvent(this.#parts.store, id)
    const seen = { began: await beganOf(this.#parts.store, event), detected: event.first }
    const workloads = event.workload === undefined ? [] : [event.workload]
    const from = `From the ${event.type} ${id}.`
    const actor = { by, reason: reason === '' ? from : `${reason} ${from}` }
    return [{ workloads, ...input, times: { ...seen, ...times } }, actor]
  }

  /** Where it is said otherwise what is suspicious, or in which time, the scope is computed anew. @throws CaseError */
  async change(id: string, input: CaseInput, actor: CaseActor): Promise<BreachCase> {
    const stored = await this.#stored(id)
    const known = parsed(stored)
    if (known.state === 'closed' && input.state !== 'open') {
      throw new CaseError('CASE_CLOSED', `${id} is closed.`, {
        nextStep: `Open it again first: pavise case set ${id} --state open`,
      })
    }
    const what = whatOf(input)
    const said = changed(known, input, { ...actor, at: this.#time(), what })
    const next = movesScope(input) ? { ...said, scope: await this.#scopeOf(said) } : said
    return this.#keep(next, stored.version + 1, what, actor)
  }

  /** @throws CaseError */
  async timeline(id: string): Promise<Timeline> {
    return timelineOf(await this.get(id), this.#parts.store, this.#parts.ledger)
  }

  /** Entries `[first, end)` of the ledger: from when its breach began to the last that was done about it. @throws CaseError */
  async entriesOf(id: string): Promise<{ first: number; end: number }> {
    const breach = await this.get(id)
    const { ledger } = this.#parts
    const began = [
      breach.openedAt,
      breach.scope?.since,
      breach.times.began?.at(-1)?.at,
      breach.times.detected?.at(-1)?.at,
    ]
    const first = Math.min(...began.flatMap((time) => (time === undefined ? [] : [Date.parse(time)])))
    const last = breach.state === 'open' ? undefined : (await evidenceOfCase(breach, ledger)).at(-1)
    return { first: await ledger.firstSince(first), end: last === undefined ? ledger.size : last.index + 1 }
  }

  /** What a CSIRT is given: the case, what is on record about it, and what was seen of an intruder. @throws CaseError */
  async handOver(id: string): Promise<StixSource> {
    const { ledger, store, now } = this.#parts
    const breach = await this.get(id)
    const { items } = await timelineOf(breach, store, ledger)
    const steps = items.flatMap(({ at, text, intrusion }) =>
      intrusion === null ? [] : [{ at, text, intrusion }],
    )
    return { breach, evidence: await evidenceOfCase(breach, ledger), steps, made: now() }
  }

  /** Looks anew at what was seen. @throws CaseError */
  async rescope(id: string, actor: CaseActor): Promise<BreachCase> {
    const stored = await this.#stored(id)
    const known = parsed(stored)
    const entry = { at: this.#time(), by: actor.by, what: 'computed the scope', reason: actor.reason }
    const next = { ...known, scope: await this.#scopeOf(known), history: [...known.history, entry] }
    return this.#keep(next, stored.version + 1, entry.what, actor)
  }

  /** Stores what a case is now, and then puts it on record. */
  async #keep(breach: BreachCase, version: number, what: string, actor: CaseActor): Promise<BreachCase> {
    await this.#save(breach, version)
    await this.#record(breach, what, actor)
    return breach
  }

  async #stored(id: string): Promise<StoredCase> {
    const stored = await this.#parts.store.cases.get(id)
    if (stored === null)
      throw new CaseError('CASE_UNKNOWN', `There is no case ${id}.`, { nextStep: 'See pavise case list.' })
    return stored
  }

  async #scopeOf(breach: BreachCase): Promise<CaseScope> {
    const now = this.#parts.now()
    const until = timeOf(breach, 'ended') ?? now
    const since = timeOf(breach, 'began') ?? (timeOf(breach, 'detected') ?? until) - 24 * 3_600_000
    const { workloads, addresses = [], credentials = [] } = breach
    const suspects = { workloads, addresses, credentials }
    return scopeOf(this.#parts, { suspects, window: { since, until } }, now)
  }

  async #save(breach: BreachCase, version: number): Promise<void> {
    const { id, openedAt } = breach
    try {
      await this.#parts.store.cases.save({
        ...{ id, version, openedAt: Date.parse(openedAt) },
        record: JSON.stringify(breach),
      })
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'STORE_CONFLICT')) throw error
      throw new CaseError('CASE_CONFLICT', error.message, {
        cause: error,
        nextStep: 'Look at it and try again.',
      })
    }
  }

  async #record(breach: BreachCase, what: string, { by, reason }: CaseActor): Promise<void> {
    const { history: _history, ...state } = breach
    await this.#parts.ledger.append({
      kind: 'case',
      actor: by,
      at: this.#parts.now(),
      body: { what, reason, case: state },
    })
  }

  #time(): string {
    return new Date(this.#parts.now()).toISOString()
  }
}

function emptyCase(id: string, openedAt: string): BreachCase {
  return {
    ...{ id, title: '', state: 'open', kinds: ['confidentiality'], role: 'controller', regimes: ['gdpr'] },
    ...{ times: {}, workloads: [], description: '', consequences: '', measures: '', contact: '' },
    ...{ severity: {}, scope: null, openedAt, history: [] },
  }
}

/** @throws CaseError where its times cannot be */
function changed(
  breach: BreachCase,
  { times: asked = {}, severity, sent, exception, ...input }: CaseInput,
  { by, reason, at, what }: CaseActor & { at: string; what: string },
): BreachCase {
  const times = { ...notifiedBy(breach, sent, at), ...asked }
  const set = Object.entries(times).map(([time, when]) => {
    const moved = { at: new Date(when).toISOString(), by, reason }
    return [time, [...(breach.times[time as CaseTime] ?? []), moved]] as const
  })
  const next: BreachCase = {
    ...breach,
    ...input,
    times: { ...breach.times, ...Object.fromEntries(set) },
    severity: chosen(breach.severity, severity),
    ...(sent && { sent: [...(breach.sent ?? []), submission(breach, sent, { by, reason, at })] }),
    history: [...breach.history, { at, by, what, reason }],
  }
  if (exception === null) delete next.exception
  else if (exception !== undefined) next.exception = { kind: exception, at, by, reason }
  const [began, ended, detected, aware] = (['began', 'ended', 'detected', 'aware'] as const).map((time) =>
    timeOf(next, time),
  )
  if (began !== undefined && ended !== undefined && began >= ended)
    throw impossible('It ends before it begins.')
  if (detected !== undefined && aware !== undefined && aware < detected) {
    throw impossible('Nobody is aware of it before it is detected.')
  }
  return next
}

/** In the history, and on record. */
function whatOf(input: CaseInput): string {
  const { sent, ...rest } = input
  const names = Object.keys(rest).toSorted()
  const changes = names.length === 0 ? [] : [`changed ${names.join(', ')}`]
  return [...(sent ? [`sent ${sent.duty}`] : []), ...changes].join(', ')
}

type Sent = NonNullable<CaseInput['sent']>

/** The authority of data protection is notified by the first phase, unless somebody has said when it was. */
function notifiedBy(breach: BreachCase, sent: Sent | undefined, now: string): CaseInput['times'] {
  const isFirst = sent?.duty === 'gdpr-authority' && breach.times.notified === undefined
  return isFirst ? { notified: sent.at ?? now } : {}
}

/** What was sent, with what its draft lacked then. */
function submission(
  breach: BreachCase,
  { duty, at }: Sent,
  { by, reason, at: now }: CaseActor & { at: string },
): Submission {
  const missing = duty === 'gdpr-authority' ? missingParts(breach, 'authority') : []
  return { duty, at: new Date(at ?? now).toISOString(), by, reason, missing }
}

/** Whether what is said makes the scope another. */
function movesScope({ workloads, addresses, credentials, times = {} }: CaseInput): boolean {
  const suspects = [workloads, addresses, credentials]
  return suspects.some((each) => each !== undefined) || 'began' in times || 'ended' in times
}

function chosen(before: SeverityChoices, change: SeverityChange = {}): SeverityChoices {
  const choices = Object.entries({ ...before, ...change })
  return Object.fromEntries(choices.filter(([, choice]) => choice !== null))
}

function impossible(message: string): CaseError {
  return new CaseError('CASE_TIMES', message, {
    nextStep: 'Give times as they were, in RFC 3339: 2026-11-20T09:30:00Z.',
  })
}

function parsed({ record }: StoredCase): BreachCase {
  return JSON.parse(record) as BreachCase
}
