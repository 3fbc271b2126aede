import type { AttackRecord, CoverageRecord, FlowRecord, ViolationRecord } from '../../model/records.ts'
import { SubjectSketch } from '../../personal-data/counting/subject-sketch.ts'
import type { CaseScope, Recipient } from '../../privacy/case.ts'
import type { Page, PageQuery, TimeWindow } from '../../store/paging.ts'
import type { FindingItem, Store } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import { type AttackCount, type ControlsInForce, controlsOf } from './case-controls.ts'

/** What a scope is computed of. Times in ms since 1970. */
export interface ScopeRequest {
  /** All where there are none. */
  workloads: readonly string[]
  since: number
  until: number
  /** Names of the workloads that are watched, by address. */
  names: ReadonlyMap<string, string>
  /** ISO 3166-1 alpha-2; null where it is not known. */
  countryOf: (address: string) => string | null
  /** What is in force. */
  inForce: ControlsInForce
}

/** What was seen to leave workloads in a time: which data, of how many persons, to whom, and what was not seen. */
export async function computeScope(store: Store, request: ScopeRequest, now: number): Promise<CaseScope> {
  const leaving = new LeavingData(request)
  const attacks = new Map<string, AttackCount>()
  const gaps = new Map<string, { reason: string; count: number; detail: string }>()
  const violations = new Map<string, CaseScope['violations'][number]>()
  const window = { since: request.since, until: request.until }
  let isCut = false
  for (const workload of request.workloads.length === 0 ? [undefined] : request.workloads) {
    const filter = { ...window, ...(workload !== undefined && { workload }) }
    isCut =
      (await each(
        (page) => store.findings({ ...filter, ...page }),
        (item) => leaving.add(item),
      )) || isCut
    isCut =
      (await each(
        (page) => store.coverage({ ...filter, ...page }),
        (gap) => addGap(gaps, gap),
      )) || isCut
    for (const type of ['violation', 'attack'] as const)
      isCut =
        (await each(
          (page) => store.incidents({ ...filter, ...page, type }),
          (incident) => {
            if (incident.type === 'violation') addViolation(violations, incident)
            if (incident.type === 'attack') addAttack(attacks, incident)
          },
        )) || isCut
  }
  const seen = leaving.result()
  const went = {
    recipients: seen.recipients,
    violations: [...violations.values()],
    attacks: [...attacks.values()],
  }
  return {
    computedAt: new Date(now).toISOString(),
    workloads: [...request.workloads],
    since: new Date(request.since).toISOString(),
    until: new Date(request.until).toISOString(),
    ...seen,
    recipients: seen.recipients.slice(0, controllerLimits.scopeRecipients),
    gaps: [...gaps.values()],
    violations: went.violations,
    controls: controlsOf(request.inForce, went),
    isCut: isCut || seen.recipients.length > controllerLimits.scopeRecipients,
  }
}

/** Takes all that a listing has, up to a bound. True where there was more. */
async function each<Item>(
  list: (page: PageQuery & TimeWindow) => Promise<Page<Item>>,
  take: (item: Item) => void,
): Promise<boolean> {
  let taken = 0
  for (let query: PageQuery | null = { limit: controllerLimits.scopePage }; query !== null;) {
    const page: Page<Item> = await list(query)
    for (const item of page.items) take(item)
    taken += page.items.length
    if (page.next !== null && taken >= controllerLimits.scopeRecords) return true
    query = page.next === null ? null : { limit: controllerLimits.scopePage, after: page.next }
  }
  return false
}

function addGap(
  gaps: Map<string, { reason: string; count: number; detail: string }>,
  { reason, detail }: CoverageRecord,
): void {
  const known = gaps.get(reason)
  if (known === undefined) gaps.set(reason, { reason, count: 1, detail })
  else known.count++
}

function addViolation(
  violations: Map<string, CaseScope['violations'][number]>,
  { action, criterion, count }: ViolationRecord,
): void {
  const known = violations.get(`${action} ${criterion}`)
  violations.set(`${action} ${criterion}`, { action, criterion, count: count + (known?.count ?? 0) })
}

function addAttack(attacks: Map<string, AttackCount>, { action, class: name, count }: AttackRecord): void {
  const known = attacks.get(`${action} ${name}`)
  attacks.set(`${action} ${name}`, { action, class: name, count: count + (known?.count ?? 0) })
}

interface Seen {
  recipient: Omit<Recipient, 'persons' | 'flows'>
  flows: Set<string>
  persons: SubjectSketch
}

/** Adds up findings that went from the workload in whose namespace they were seen to somebody else. */
class LeavingData {
  readonly #categories = new Map<
    string,
    { category: Recipient['categories'][number]; identifiers: Set<string>; values: number }
  >()
  readonly #recipients = new Map<string, Seen>()
  readonly #persons = new SubjectSketch()
  readonly #names: ScopeRequest['names']
  readonly #countryOf: ScopeRequest['countryOf']

  constructor({ names, countryOf }: Pick<ScopeRequest, 'names' | 'countryOf'>) {
    this.#names = names
    this.#countryOf = countryOf
  }

  add({ finding, flow }: FindingItem): void {
    if (flow === null || !isLeaving(finding.direction, flow)) return
    this.#addCategory(finding.category, finding.identifier, finding.count)
    const seen = this.#recipientOf(finding.direction, flow)
    const { recipient } = seen
    if (!recipient.categories.includes(finding.category)) recipient.categories.push(finding.category)
    if (finding.first < recipient.first) recipient.first = finding.first
    if (finding.last > recipient.last) recipient.last = finding.last
    if (seen.flows.has(flow.id)) return
    seen.flows.add(flow.id)
    const sketch = flow.dataSubjects?.sketches?.[finding.direction === 'to-server' ? 'toServer' : 'toClient']
    if (sketch === undefined) return
    seen.persons.merge(sketch)
    this.#persons.merge(sketch)
  }

  result(): Pick<CaseScope, 'categories' | 'recipients' | 'persons' | 'values'> {
    const categories = Array.from(this.#categories.values(), (each) => ({
      ...each,
      identifiers: [...each.identifiers].toSorted(),
    })).toSorted((a, b) => b.values - a.values)
    const recipients = Array.from(this.#recipients.values(), ({ recipient, flows, persons }) => ({
      ...recipient,
      flows: flows.size,
      persons: persons.estimate(),
    })).toSorted((a, b) => b.persons - a.persons)
    const values = categories.reduce((sum, each) => sum + each.values, 0)
    return { categories, recipients, persons: this.#persons.estimate(), values }
  }

  #addCategory(category: Recipient['categories'][number], identifier: string, count: number): void {
    const known = this.#categories.get(category) ?? { category, identifiers: new Set<string>(), values: 0 }
    known.identifiers.add(identifier)
    known.values += count
    this.#categories.set(category, known)
  }

  #recipientOf(direction: FindingItem['finding']['direction'], flow: FlowRecord): Seen {
    const end = direction === 'to-server' ? flow.server : flow.client
    const watched = this.#names.get(end.address)
    const name = watched ?? (direction === 'to-server' ? flow.serverName : undefined) ?? end.address
    const key = `${name} ${flow.encrypted}`
    const known = this.#recipients.get(key)
    if (known !== undefined) return known
    const made: Seen = {
      recipient: {
        ...{ name, isExternal: watched === undefined, isEncrypted: flow.encrypted, categories: [] },
        country: watched === undefined ? this.#countryOf(end.address) : null,
        ...{ first: flow.start, last: flow.end },
      },
      flows: new Set(),
      persons: new SubjectSketch(),
    }
    this.#recipients.set(key, made)
    return made
  }
}

/** From the end that is the workload's own to the other; what comes to it is not its loss. */
function isLeaving(direction: 'to-server' | 'to-client', { side }: FlowRecord): boolean {
  return direction === 'to-server' ? side === 'client' : side === 'server'
}
