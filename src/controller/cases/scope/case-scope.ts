import type { AttackRecord, CoverageRecord, FlowRecord, ViolationRecord } from '../../../model/records.ts'
import type { Incident } from '../../../model/enforcer-messages.ts'
import type { CaseScope } from '../../../privacy/case.ts'
import type { FindingItem, FindingQuery, IncidentQuery, Store } from '../../../store/store.ts'
import type { Page, PageQuery } from '../../../store/paging.ts'
import { controllerLimits } from '../../limits.ts'
import { readAll } from '../../read-all.ts'
import { type AttackCount, type ControlsThen, controlsOf } from './case-controls.ts'
import { isLeaving, LeavingData, recipientAddress } from './leaving-data.ts'
import { type CredentialUse, isNobody, type Suspects, touches, type Window } from './suspects.ts'

/** What a scope is computed of. */
export interface ScopeRequest {
  suspects: Suspects
  window: Window
  /** Where suspicious credentials were used. */
  uses: readonly CredentialUse[]
  /** Ids of the workloads that suspicious addresses spoke with, or where credentials were used. */
  met: readonly string[]
  /** Names of the workloads that are watched, by address. */
  names: ReadonlyMap<string, string>
  /** ISO 3166-1 alpha-2; null where it is not known. */
  countryOf: (address: string) => string | null
  /** What stood against it in that time. */
  stood: ControlsThen
}

type Seen = Omit<CaseScope, 'computedAt' | 'reach'>

/** What was seen to leave what is suspicious in a time: which data, of how many persons, to whom, and what was not seen. */
export async function computeScope(store: Store, request: ScopeRequest): Promise<Seen> {
  const { suspects, window } = request
  const reading = new ScopeReading(store, request)
  await reading.readFindings()
  await reading.readGaps()
  await reading.readIncidents()
  const { leaving, gaps, violations, attacks, isCut } = reading
  const seen = leaving.result()
  const went = {
    recipients: seen.recipients,
    violations: [...violations.values()],
    attacks: [...attacks.values()],
  }
  return {
    workloads: [...suspects.workloads],
    addresses: [...suspects.addresses],
    credentials: [...suspects.credentials],
    since: new Date(window.since).toISOString(),
    until: new Date(window.until).toISOString(),
    ...seen,
    recipients: seen.recipients.slice(0, controllerLimits.scopeRecipients),
    gaps: [...gaps.values()],
    violations: went.violations,
    controls: controlsOf(request.stood, { ...went, gaps: [...gaps.values()] }),
    isCut: isCut || seen.recipients.length > controllerLimits.scopeRecipients,
  }
}

/** Records of a listing, and which of them are meant. */
interface Source<Query, Item> {
  filter: Omit<Query, keyof PageQuery>
  isMeant: (item: Item) => boolean
}

/** What was read of a scope so far. */
class ScopeReading {
  readonly leaving: LeavingData
  readonly gaps = new Map<string, CaseScope['gaps'][number]>()
  readonly violations = new Map<string, CaseScope['violations'][number]>()
  readonly attacks = new Map<string, AttackCount>()
  isCut = false
  readonly #store: Store
  readonly #request: ScopeRequest

  constructor(store: Store, request: ScopeRequest) {
    this.#store = store
    this.#request = request
    this.leaving = new LeavingData(request)
  }

  async readFindings(): Promise<void> {
    const { window } = this.#request
    for (const { filter, isMeant } of findingSources(this.#request))
      await this.#read(
        (page) => this.#store.findings({ ...window, ...filter, ...page }),
        (item) => {
          if (isMeant(item) && item.flow !== null) this.leaving.add(item.finding, item.flow)
        },
      )
  }

  /** Of the workloads that it is about, and those that are of none: then nothing at all was seen. */
  async readGaps(): Promise<void> {
    const { suspects, met, window } = this.#request
    const about = isNobody(suspects) ? null : new Set([...suspects.workloads, ...met])
    await this.#read(
      (page) => this.#store.coverage({ ...window, ...page }),
      (gap) => {
        if (about === null || gap.workload === undefined || about.has(gap.workload)) addGap(this.gaps, gap)
      },
    )
  }

  async readIncidents(): Promise<void> {
    const told = new Set<string>()
    for (const { filter, isMeant } of incidentSources(this.#request))
      for (const type of ['violation', 'attack'] as const)
        await this.#read(
          (page) => this.#store.incidents({ ...this.#request.window, ...filter, type, ...page }),
          (incident) => {
            if (told.has(incident.recordId) || !isMeant(incident)) return
            told.add(incident.recordId)
            if (incident.type === 'violation') addViolation(this.violations, incident)
            if (incident.type === 'attack') addAttack(this.attacks, incident)
          },
        )
  }

  async #read<Item>(
    list: (page: PageQuery) => Promise<Page<Item>>,
    take: (item: Item) => void,
  ): Promise<void> {
    const isCut = await readAll(list, controllerLimits.scopeRecords, take)
    this.isCut ||= isCut
  }
}

/** What leaves suspicious workloads, goes to suspicious addresses, or was answered to who used a suspicious credential. */
function findingSources({ suspects, uses, names }: ScopeRequest): Source<FindingQuery, FindingItem>[] {
  const leaves = ({ finding, flow }: FindingItem): boolean =>
    flow !== null && isLeaving(finding.direction, flow)
  if (isNobody(suspects)) return [{ filter: {}, isMeant: leaves }]
  const toSomebody = (address: string) => (item: FindingItem) =>
    leaves(item) && recipientAddress(item.finding.direction, item.flow as FlowRecord) === address
  // Of a connection that was seen at both ends, what the server's end saw; of others, what the client's did.
  const toHolder = ({ finding, flow }: FindingItem): boolean =>
    finding.direction === 'to-client' &&
    flow !== null &&
    (flow.side === 'server' || !names.has(flow.server.address))
  return [
    ...suspects.workloads.map((workload) => ({ filter: { workload }, isMeant: leaves })),
    ...suspects.addresses.map((address) => ({ filter: { search: address }, isMeant: toSomebody(address) })),
    ...uses.flatMap(({ flows }) => flows.map(({ id }) => ({ filter: { flow: id }, isMeant: toHolder }))),
  ]
}

/** At suspicious workloads, by or against suspicious addresses, and on connections with a suspicious credential. */
function incidentSources({ suspects, uses, met }: ScopeRequest): Source<IncidentQuery, Incident>[] {
  if (isNobody(suspects)) return [{ filter: {}, isMeant: () => true }]
  const flows = new Set(uses.flatMap((use) => use.flows.map(({ id }) => id)))
  const onFlow = (incident: Incident): boolean => 'flow' in incident && flows.has(incident.flow ?? '')
  return [
    ...suspects.workloads.map((workload) => ({ filter: { workload }, isMeant: () => true })),
    ...suspects.addresses.map((address) => ({
      filter: { search: address },
      isMeant: (incident: Incident) => 'client' in incident && touches(incident, [address]),
    })),
    ...(flows.size === 0 ? [] : met.map((workload) => ({ filter: { workload }, isMeant: onFlow }))),
  ]
}

function addGap(gaps: Map<string, CaseScope['gaps'][number]>, { reason, detail }: CoverageRecord): void {
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
