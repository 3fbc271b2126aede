import type { EvidenceKind } from '../../model/evidence-kinds.ts'

/** What is read of a body; whatever else stands there is for the details. */
interface Body {
  what?: string
  reason?: string
  policy?: number
  number?: number
  action?: string
  workloads?: readonly unknown[]
  flows?: readonly { server?: { name?: string }; dataSubjects?: number; encrypted?: boolean }[]
  sums?: readonly { count: number; said: Record<string, unknown> }[]
  entries?: readonly { action?: string }[]
  days?: readonly string[]
  size?: number
  name?: string
  title?: string
  key?: string
  first?: number
  end?: number
  report?: string
  rule?: string
  outcome?: string
  detail?: string
  case?: string | { id?: string; title?: string }
  document?: string
  objectives?: { state: string }[]
  id?: string
}

/** What an entry says, in one line for people; what it says in full stands below it. */
export function entrySummary(kind: EvidenceKind, text: string): string {
  try {
    return sentences[kind](JSON.parse(text) as Body)
  } catch {
    return '' // Of another version, which recorded it otherwise.
  }
}

const sentences: Readonly<Record<EvidenceKind, (body: Body) => string>> = {
  run: ({ what = '' }) => `Pavise ${what}`,
  policy: ({ number, action, reason }) => `Version ${number} of the policy: ${action}${because(reason)}`,
  quarantine: ({ workloads = [] }) =>
    workloads.length === 0 ? 'Nothing is in quarantine' : `${counted(workloads, 'workload')} in quarantine`,
  findings: ({ flows = [] }) => flowsText(flows),
  violations: ({ sums = [] }) => sumsText(sums, 'connection that the policy does not allow', 'criterion'),
  coverage: ({ sums = [] }) => sumsText(sums, 'stretch of traffic not seen', 'reason'),
  incidents: ({ sums = [] }) => sumsText(sums, 'incident', 'name', 'class', 'path'),
  audit: ({ entries = [] }) =>
    `${counted(entries, 'entry', 'entries')} of the audit log: ${most(entries.map(({ action = '' }) => action))}`,
  erasure: ({ days = [], reason }) =>
    `Contents of ${counted(days, 'day')} erased, ${days.join(', ')}${because(reason)}`,
  key: ({ size, reason }) => `Another key signs from entry ${size} on${because(reason)}`,
  witness: ({ name, what }) =>
    what === 'again' ? `The witness ${name} takes heads again` : `The witness ${name} is late`,
  case: ({ case: about, what, reason }) => `${caseText(about)} ${what}${because(reason)}`,
  privacy: ({ what = '', id = '', reason }) => `${what} ${id}${because(reason)}`.trim(),
  notice: ({ title, key = '' }) => title ?? key,
  response: ({ rule = '', action = '', outcome, detail = '' }) =>
    outcome === undefined
      ? `${rule}: ${action} was left out, as what happened was a storm`
      : `${rule}: ${action} ${outcome}: ${detail}`,
  check: ({ objectives = [] }) => {
    const met = objectives.filter(({ state }) => state === 'met')
    return `${counted(objectives, 'objective')} looked at, ${met.length} of them met`
  },
  export: ({ report, document, first, end, case: about }) =>
    report === undefined && document === undefined
      ? `A bundle of entries ${first} to ${(end ?? 0) - 1} was handed out${about === undefined ? '' : `, of ${caseText(about)}`}`
      : report === undefined
        ? `A draft was handed out: ${document}`
        : `A report was handed out: ${report}`,
}

function flowsText(flows: NonNullable<Body['flows']>): string {
  const persons = Math.max(0, ...flows.map(({ dataSubjects = 0 }) => dataSubjects))
  const clear = flows.filter(({ encrypted }) => encrypted === false).length
  return `${counted(flows, 'data flow')} with personal data, ${clear} in clear text; of up to about ${persons} persons in one`
}

function sumsText(sums: NonNullable<Body['sums']>, noun: string, ...fields: string[]): string {
  const total = sums.reduce((sum, { count }) => sum + count, 0)
  const named = sums.map(({ said }) =>
    fields.map((field) => said[field]).find((each) => typeof each === 'string'),
  )
  const plural = noun.replace(/^\w+/, (word) => (word === 'stretch' ? 'stretches' : `${word}s`))
  return `${total} ${total === 1 ? noun : plural}: ${most(named.map(String))}`
}

/** The first of different texts. */
function most(texts: readonly string[]): string {
  const different = [...new Set(texts)]
  const rest = different.length > 3 ? `, and ${different.length - 3} more` : ''
  return `${different.slice(0, 3).join(', ')}${rest}`
}

function counted(list: readonly unknown[], one: string, many = `${one}s`): string {
  return `${list.length} ${list.length === 1 ? one : many}`
}

function caseText(about: Body['case']): string {
  return typeof about === 'object' ? (about.id ?? '') : (about ?? '')
}

function because(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : `: ${reason}`
}
