import { ofKind, onlyNow, result, unknown } from './answers.ts'
import type { ReportFacts, WorkloadFact } from './facts.ts'
import type { EvidenceRef, ObjectiveResult } from './result.ts'

/** What evidences that something is held off, answered, or can be looked into. */

/** Content is looked at, and rules say which categories may cross. */
export function leakPrevention({ now, incidents }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { workloads, categoryRules, at } = now
  if (workloads.length === 0) return unknown('No workload runs.')
  const inspected = workloads.filter(({ isSeen, isInspected }) => isSeen && isInspected)
  const evidence: EvidenceRef[] = [
    ...incidents
      .filter(({ type }) => type === 'violation')
      .map(({ id, at: seen, action }) => ({
        kind: 'incident' as const,
        id,
        at: seen,
        what: `violation ${action}`,
      })),
    ...categoryRules.map((id) => ({
      kind: 'rule' as const,
      id,
      at,
      what: 'says which categories may cross',
    })),
    ...workloads.map((workload) =>
      workloadRef(workload, at, inspected.includes(workload) ? 'its content is looked at' : 'it is not'),
    ),
  ]
  const says = `The content of ${inspected.length} of ${workloads.length} workloads is looked at for personal data; ${categoryRules.length} rules say which categories may cross.`
  if (inspected.length === 0) return result('not-met', says, evidence)
  const isWhole = inspected.length === workloads.length && categoryRules.length > 0
  return result(isWhole ? 'met' : 'partly', says, evidence)
}

/** Attacks on what is asked over the network are detected, and cut where it is protected. */
export function attackPrevention({ now, incidents }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const watched = now.workloads.filter(({ isSeen, isInspected }) => isSeen && isInspected)
  if (watched.length === 0) return unknown('No workload is looked at for attacks.')
  const cut = watched.filter(({ attacks }) => attacks === 'cut')
  const seen = incidents.filter(({ type }) => type === 'attack')
  const evidence: EvidenceRef[] = [
    ...seen.map(({ id, at, action }) => ({ kind: 'incident' as const, id, at, what: `attack ${action}` })),
    ...watched.map((workload) => workloadRef(workload, now.at, `attacks are ${workload.attacks}`)),
  ]
  const says = `Attacks on ${watched.length} workloads are detected, and cut on ${cut.length} of them; ${seen.length} were seen.`
  return result(cut.length === now.workloads.length ? 'met' : 'partly', says, evidence)
}

function workloadRef({ id, name }: WorkloadFact, at: number, what: string): EvidenceRef {
  return { kind: 'workload', id, at, what: `${name}: ${what}` }
}

/** Labelled containers that nobody answers for are not started. */
export function startAdmission({ now, incidents }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { admission, at } = now
  if (admission.length === 0) return unknown('Containers are started whatever their labels say.')
  const refused = incidents.filter(({ reason }) => reason === 'not-admitted')
  const evidence: EvidenceRef[] = [
    { kind: 'rule', id: 'PersonalDataLabels', at, what: `asks for ${admission.join(', ')} before a start` },
    ...refused.map(({ id, at: seen }) => ({ kind: 'incident' as const, id, at: seen, what: 'not started' })),
  ]
  const says = `Labelled containers are not started without ${admission.join(' and ')}, where their engine asks before it starts one; ${refused.length} were not.`
  return result(admission.length > 1 ? 'met' : 'partly', says, evidence)
}

/** Rules say what is done at once, and what they did is on record. */
export function automaticResponse({ now, entries }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { responses, at } = now
  const done = ofKind(entries, 'response')
  if (responses.length === 0) return unknown('No response rule says what is done when something happens.')
  const rules = responses.map((id) => ({ kind: 'rule' as const, id, at, what: 'response rule' }))
  const says = `${responses.length} rules say what is done when something happens; what they did is on record ${done.length} times.`
  return result('met', says, [...done, ...rules])
}

/** People were told of what cannot wait. */
export function alerting({ entries }: ReportFacts): ObjectiveResult {
  const told = ofKind(
    entries.filter(({ kind, response }) => kind === 'notice' || response === 'webhook'),
    'notice',
    'response',
  )
  return told.length === 0
    ? unknown('Nobody had to be told of anything in this time, or nobody is named who is told.')
    : result('met', `People were told ${told.length} times.`, told)
}

/** Packets of what happened are kept, encrypted and for a time; who opens them says why. */
export function forensicRecords({ now, entries }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { captures } = now
  const kept = captures.map(({ id, at, workload }) => ({
    ...{ kind: 'capture' as const, id, at, what: `packets of ${workload}, encrypted` },
  }))
  const incidents = ofKind(entries, 'incidents', 'violations', 'export')
  if (kept.length + incidents.length === 0) return unknown('Nothing happened in this time that is kept.')
  const says = `${kept.length} files of packets are kept, encrypted; what happened is in ${incidents.length} entries of the ledger.`
  return result(kept.length > 0 ? 'met' : 'partly', says, [...kept, ...incidents])
}

/** Machines show certificates that are not over. */
export function machineIdentity({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { nodes, at } = now
  if (nodes.length === 0) return unknown('No other machine reports here.')
  const over = nodes.filter(({ notAfter }) => notAfter <= at)
  const evidence = nodes.map(({ id, name, notAfter }) => ({
    ...{
      kind: 'node' as const,
      id,
      at,
      what: `${name}: certificate until ${new Date(notAfter).toISOString().slice(0, 10)}`,
    },
  }))
  const says = `${nodes.length} machines report over TLS 1.3 with a certificate of their own; of ${over.length} it is over.`
  return result(over.length === 0 ? 'met' : 'partly', says, evidence)
}
