import type { Endpoint, FlowRecord } from '../../model/records.ts'
import type { FindingFact, IncidentFact, ReportFacts } from '../../report/assessment/facts.ts'
import { storeLimits } from '../../store/limits.ts'
import type { Page, PageQuery } from '../../store/paging.ts'
import type { FindingItem, Store } from '../../store/store.ts'
import type { Controller } from '../controller.ts'
import { controllerLimits } from '../limits.ts'
import { readAll } from '../read-all.ts'
import { checkFacts, entriesOf, entryFact } from './entry-facts.ts'
import { presentFacts } from './present-facts.ts'

/** A time: `[since, until)`, in ms since 1970. */
interface Period {
  since: number
  until: number
}

/** All that reports ask of a time: the newest of each kind, up to a bound. */
export async function gatherFacts(controller: Controller, period: Period, now: number): Promise<ReportFacts> {
  const { store, ledger } = controller
  const watched = await watchedAddresses(store)
  const limit = controllerLimits.reportEntries
  const [findings, gaps, incidents] = [
    await all((page) => store.findings({ ...period, ...page })),
    await all((page) => store.coverage({ ...period, ...page })),
    await all((page) => store.incidents({ ...period, ...page })),
  ]
  const heads = await ledger.checkpoints({ from: 0, to: ledger.size, limit, isNewestFirst: true })
  const witnessed = await ledger.witnessed({ from: 0, to: ledger.size, limit })
  const entries = await entriesOf(controller, period)
  const policies = await controller.policy.history.list({ limit: storeLimits.policyVersions })
  const isNow = period.since <= now && now <= period.until
  return {
    ...period,
    findings: findings.map((item) => findingFact(item, watched)),
    gaps: gaps.map(({ recordId, at, reason, detail }) => ({
      id: recordId,
      at: Date.parse(at),
      reason,
      detail,
    })),
    incidents: incidents.flatMap(incidentFact),
    entries: entries.map(entryFact),
    checks: entries.flatMap(checkFacts),
    heads: heads.filter(({ at }) => isWithin(at, period)).map(({ size, at }) => ({ size, at })),
    witnessed: witnessed
      .filter(({ at }) => isWithin(at, period))
      .map(({ name, at, size }) => ({ name, at, size })),
    policies: policies.filter(({ at }) => at < period.until),
    cases: (await controller.cases.list()).filter(({ openedAt }) => isWithin(Date.parse(openedAt), period)),
    now: isNow ? await presentFacts(controller, now) : null,
  }
}

function isWithin(at: number, { since, until }: Period): boolean {
  return at >= since && at < until
}

async function all<Item>(list: (page: PageQuery) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = []
  await readAll(list, controllerLimits.reportRecords, (item) => items.push(item))
  return items
}

/** Of all workloads that are stored, those that have stopped too. */
async function watchedAddresses(store: Store): Promise<Set<string>> {
  const workloads = await all((page) => store.workloads(page))
  return new Set(workloads.flatMap(({ state }) => state.workload.addresses))
}

function findingFact({ finding, flow }: FindingItem, watched: ReadonlySet<string>): FindingFact {
  const { recordId: id, last, category, workload } = finding
  const isEncrypted = flow?.encrypted ?? false
  return { id, at: Date.parse(last), category, workload, isEncrypted, crossing: crossingOf(flow, watched) }
}

/** A flow that is no longer stored is taken for one between workloads: nothing says that it left. */
function crossingOf(flow: FlowRecord | null, watched: ReadonlySet<string>): FindingFact['crossing'] {
  if (flow === null) return 'watched'
  const ends: Endpoint[] = [flow.client, flow.server]
  if (flow.client.address === flow.server.address || ends.some(({ address }) => isLoopback(address)))
    return 'loopback'
  return ends.every(({ address }) => watched.has(address)) ? 'watched' : 'outside'
}

function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

function incidentFact(incident: Awaited<ReturnType<Store['incidents']>>['items'][number]): IncidentFact[] {
  const { recordId: id, last, type, action } = incident
  const isUsual =
    type === 'process' && incident.suspicion === undefined && (action === 'allowed' || action === 'learned')
  const why = type === 'process' ? { reason: incident.reason } : {}
  return isUsual ? [] : [{ id, at: Date.parse(last), type, action, ...why }]
}
