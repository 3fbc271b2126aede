import type { Ledger } from '../../evidence/ledger.ts'
import type { BreachCase, CaseScope } from '../../privacy/case.ts'
import type { Store } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import { type IntrusionStage, intrusionStageOf } from './intrusion-stages.ts'
import { evidenceOfCase } from './case-evidence.ts'

/** One thing that happened in the time of a case, and the record that says so. */
export interface TimelineItem {
  /** RFC 3339. */
  at: string
  kind: 'time' | 'handled' | 'finding' | 'violation' | 'threat' | 'attack' | 'process' | 'file' | 'gap'
  text: string
  workload: string | null
  /** Id of the stored record. */
  record: string | null
  /** Number of its entry in the ledger. */
  entry: number | null
  /** How far an intruder had come, and by what means; null where it says nothing of one. */
  intrusion: IntrusionStage | null
}

export interface Timeline {
  /** In order. */
  items: TimelineItem[]
  /** There were more records of a kind; the latest of each are there. */
  isCut: boolean
}

/** What was said about a case, done about it, and seen in its time at its workloads; each with what it rests on. */
export async function timelineOf(breach: BreachCase, store: Store, ledger: Ledger): Promise<Timeline> {
  const seen = await observed(breach, store)
  const items = [...said(breach), ...(await handled(breach, ledger)), ...seen.items]
  return { items: items.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)), isCut: seen.isCut }
}

const none = { workload: null, record: null, entry: null, intrusion: null }

/** Each time as it holds now. */
function said({ times }: BreachCase): TimelineItem[] {
  return Object.entries(times).flatMap(([name, set]) => {
    const last = set.at(-1)
    if (last === undefined) return []
    const why = last.reason === '' ? '' : `: ${last.reason}`
    return [{ ...none, at: last.at, kind: 'time' as const, text: `${name}, set by ${last.by}${why}` }]
  })
}

/** The history of a case, each step with its entry of evidence: they are put on record in the same order. */
async function handled(breach: BreachCase, ledger: Ledger): Promise<TimelineItem[]> {
  const steps = await evidenceOfCase(breach, ledger)
  return breach.history.map(({ at, by, what, reason }) => {
    const step = steps.findIndex((each) => each.what === what)
    const entry = step < 0 ? null : steps.splice(0, step + 1)[step].index
    const text = `${what} by ${by}${reason === '' ? '' : `: ${reason}`}`
    return { ...none, at, kind: 'handled' as const, text, entry }
  })
}

/** Of each kind of records, the latest of each workload in the time that the scope is of. */
async function observed({ scope }: BreachCase, store: Store): Promise<Timeline> {
  if (scope === null) return { items: [], isCut: false }
  const window = { since: Date.parse(scope.since), until: Date.parse(scope.until) }
  const workloads = concerned(scope)
  const each = Math.max(1, Math.floor(controllerLimits.timelineRecords / workloads.length))
  const items: TimelineItem[] = []
  let isCut = false
  for (const workload of workloads) {
    const query = { ...window, limit: each, ...(workload !== undefined && { workload }) }
    const pages = await Promise.all([
      store.findings(query).then(({ items: found, next }) => ({ items: found.map(findingItem), next })),
      store.coverage(query).then(({ items: gaps, next }) => ({ items: gaps.map(gapItem), next })),
      ...(['violation', 'threat', 'attack', 'process', 'file'] as const).map((type) =>
        store
          .incidents({ ...query, type })
          .then((page) => ({ items: page.items.map(incidentItem), next: page.next })),
      ),
    ])
    for (const page of pages) {
      items.push(...page.items)
      isCut ||= page.next !== null
    }
  }
  return { items, isCut }
}

/** Workloads that are suspicious or were reached, the nearest first; undefined for all. */
function concerned({
  workloads,
  addresses = [],
  credentials = [],
  reach,
}: CaseScope): (string | undefined)[] {
  if (workloads.length + addresses.length + credentials.length === 0) return [undefined]
  const reached = (reach?.ends ?? []).filter(({ kind, how }) => kind === 'workload' && how !== 'reachable')
  const all = new Set([...workloads, ...reached.map(({ id }) => id)])
  return [...all].slice(0, controllerLimits.timelineWorkloads)
}

type Of<List extends 'findings' | 'coverage' | 'incidents'> = Awaited<
  ReturnType<Store[List]>
>['items'][number]

function findingItem({ finding, flow }: Of<'findings'>): TimelineItem {
  const { last, identifier, category, field, count, masked, recordId } = finding
  const workload = finding.workload ?? null
  const where = flow === null ? '' : ` to ${flow.serverName ?? flow.server.address}`
  const text = `${identifier} (${category}) in ${field}${where}: ${count} times, such as ${masked}`
  return { ...none, at: last, kind: 'finding', text, workload, record: recordId }
}

function gapItem({ at, reason, detail, workload, recordId }: Of<'coverage'>): TimelineItem {
  const place = { ...none, workload: workload ?? null, record: recordId }
  return { at, kind: 'gap', text: `not seen, ${reason}: ${detail}`, ...place }
}

function incidentItem(incident: Of<'incidents'>): TimelineItem {
  const { last: at, type: kind, recordId: record, count, action } = incident
  const workload = incident.workload ?? null
  const text = `${action}, ${incidentText(incident)}, ${count} times`
  return { ...none, at, kind, text, workload, record, intrusion: intrusionStageOf(incident) }
}

function incidentText(incident: Of<'incidents'>): string {
  switch (incident.type) {
    case 'violation': {
      const { names, address, port } = incident.server
      return `connection to ${names?.[0] ?? address}:${port}: ${incident.reason}`
    }
    case 'threat':
      return `${incident.name} (${incident.severity}): ${incident.reason}`
    case 'attack':
      return `${incident.class} in ${`${incident.place} ${incident.field}`.trim()}: ${incident.reasons.map(({ what }) => what).join('; ')}`
    case 'process':
      return `program ${incident.process.path}: ${incident.reason}`
    case 'file':
      return `${incident.operation} of ${incident.path}`
  }
}
