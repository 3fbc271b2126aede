import { clocksOf } from '../../privacy/clocks.ts'
import { severityOf } from '../../privacy/severity.ts'
import { type BreachCase, timeOf } from '../../privacy/case.ts'
import { ofKind, onlyNow, result, unknown } from './answers.ts'
import type { GroupFact, NowFacts, ReportFacts } from './facts.ts'
import type { EvidenceRef, ObjectiveResult } from './result.ts'

/** What evidences an objective: each looks at the facts of a time and says what follows from them, and from which. */

export function transportEncryption({ findings, entries }: ReportFacts): ObjectiveResult {
  const clear = findings.filter(({ isEncrypted, crossing }) => !isEncrypted && crossing !== 'loopback')
  const outside = clear.filter(({ crossing }) => crossing === 'outside')
  const evidence = clear.map(({ id, at, category, workload }) => ({
    ...{ kind: 'finding' as const, id, at, what: `${category} in the clear at ${workload}` },
  }))
  if (outside.length > 0)
    return result(
      'not-met',
      `${outside.length} findings of personal data went in the clear to somebody outside.`,
      evidence,
    )
  if (clear.length > 0)
    return result(
      'partly',
      `${clear.length} findings of personal data went in the clear between watched workloads.`,
      evidence,
    )
  const watched = ofKind(entries, 'findings', 'run')
  return watched.length === 0
    ? unknown('Nothing says that traffic was looked at in this time.')
    : result('met', 'No personal data was seen to leave a workload in the clear.', watched)
}

export function dataInventory({ findings, entries }: ReportFacts): ObjectiveResult {
  const flows = ofKind(entries, 'findings')
  const seen = findings.map(({ id, at, category, workload }) => ({
    ...{ kind: 'finding' as const, id, at, what: `${category} at ${workload}` },
  }))
  if (flows.length + seen.length === 0) return unknown('No data flows were put on record in this time.')
  const categories = new Set(findings.map(({ category }) => category))
  const told = categories.size === 0 ? 'none was seen' : `seen were ${[...categories].toSorted().join(', ')}`
  return result('met', `It is on record which personal data goes where: ${told}.`, [...flows, ...seen])
}

export function monitoringCoverage({ gaps, entries, now }: ReportFacts): ObjectiveResult {
  const unseen = (now?.workloads ?? []).filter(({ isSeen }) => !isSeen)
  const evidence: EvidenceRef[] = [
    ...unseen.map(({ id, name, coverage }) => ({
      ...{ kind: 'workload' as const, id, at: now?.at ?? 0, what: `${name} is not seen: ${coverage}` },
    })),
    ...gaps.map(({ id, at, reason, detail }) => ({
      kind: 'coverage' as const,
      id,
      at,
      what: `${reason}: ${detail}`,
    })),
  ]
  if (unseen.length > 0 || gaps.length > 0)
    return result(
      'partly',
      `${unseen.length} workloads are not seen now; ${gaps.length} gaps in what was seen are on record.`,
      evidence,
    )
  const runs = ofKind(entries, 'run', 'findings', 'audit')
  if (runs.length === 0) return unknown('Nothing says that Pavise ran in this time.')
  return result('met', 'All workloads were watched, without a gap.', runs)
}

export function assetInventory({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const evidence = now.workloads.map(({ id, name }) => ({
    kind: 'workload' as const,
    id,
    at: now.at,
    what: name,
  }))
  return evidence.length === 0
    ? unknown('No workload runs.')
    : result('met', `${evidence.length} workloads that run are known by image, name and addresses.`, evidence)
}

export function networkRestriction(facts: ReportFacts): ObjectiveResult {
  const { now } = facts
  if (now === null) return onlyNow()
  return enforced(facts, now, ({ mode }) => mode)
}

export function programControl(facts: ReportFacts): ObjectiveResult {
  const { now } = facts
  if (now === null) return onlyNow()
  return enforced(facts, now, ({ profileMode }) => profileMode)
}

/** Groups with workloads, by whether rules are enforced for them. */
function enforced(
  { policies, entries }: ReportFacts,
  now: NowFacts,
  modeOf: (group: GroupFact) => string | null,
): ObjectiveResult {
  const groups = now.groups.filter((group) => group.members > 0 && modeOf(group) !== null)
  if (groups.length === 0)
    return unknown('There is no group with workloads that rules could be enforced for.')
  const protecting = groups.filter((group) => modeOf(group) === 'Protect')
  const says = `${protecting.length} of ${groups.length} groups with workloads are in Protect.`
  const version = policies[0]
  const evidence: EvidenceRef[] = [
    ...(version === undefined
      ? []
      : [{ kind: 'policy-version' as const, id: `${version.number}`, at: now.at, what: 'in force now' }]),
    ...groups.map((group) => ({
      kind: 'group' as const,
      id: group.name,
      at: now.at,
      what: modeOf(group) ?? '',
    })),
    ...ofKind(entries, 'violations', 'policy'),
  ]
  const state = protecting.length === groups.length ? 'met' : protecting.length > 0 ? 'partly' : 'not-met'
  return result(state, says, evidence)
}

export function fileIntegrity({ now, incidents }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const watched = now.groups.filter(({ files }) => files > 0)
  const seen = incidents.filter(({ type }) => type === 'file').map(incidentRef)
  if (watched.length === 0) return unknown('No rule speaks of files.')
  const rules = watched.map(({ name, files }) => ({
    kind: 'policy-version' as const,
    id: name,
    at: now.at,
    what: `${files} rules about files`,
  }))
  return result(
    'met',
    `Rules about files of ${watched.length} groups; ${seen.length} changes were noticed.`,
    [...seen, ...rules],
  )
}

export function anomalyDetection({ incidents, entries, gaps }: ReportFacts): ObjectiveResult {
  const running = ofKind(entries, 'run', 'violations', 'incidents', 'findings')
  if (running.length === 0) return unknown('Nothing says that Pavise ran in this time.')
  const evidence = [...incidents.map(incidentRef), ...running]
  const says = `${incidents.length} violations, programs and files were noticed.`
  return gaps.length > 0
    ? result('partly', `${says} There were ${gaps.length} gaps in what could be noticed.`, evidence)
    : result('met', says, evidence)
}

export function changeControl({ policies, entries, since }: ReportFacts): ObjectiveResult {
  const changes = policies.filter(({ at }) => at >= since)
  if (changes.length === 0) return unknown('The rules were not changed in this time.')
  const withoutReason = changes.filter(({ reason }) => reason === '')
  const evidence: EvidenceRef[] = [
    ...ofKind(entries, 'policy'),
    ...changes.map(({ number, at, author }) => ({
      kind: 'policy-version' as const,
      id: `${number}`,
      at,
      what: `by ${author}`,
    })),
  ]
  const says = `${changes.length} changes, each with its author; ${withoutReason.length} without a reason.`
  return result(withoutReason.length === 0 ? 'met' : 'partly', says, evidence)
}

export function securityLogging({ entries, now }: ReportFacts): ObjectiveResult {
  const audit = ofKind(entries, 'audit', 'run')
  if (now !== null && now.brokenAudit !== null)
    return result(
      'not-met',
      `Entry ${now.brokenAudit} of the audit log does not follow from the one before.`,
      audit,
    )
  if (audit.length === 0) return unknown('No entry of the audit log was put on record in this time.')
  return result(
    'met',
    'Log-ins, changes and refusals are logged in a chain of hashes, and on record in the ledger.',
    audit,
  )
}

export function logProtection({ heads, witnessed }: ReportFacts): ObjectiveResult {
  if (heads.length === 0) return unknown('No head of the ledger was signed in this time.')
  const told = witnessed.map(({ name, at, size }) => ({
    kind: 'witness' as const,
    id: name,
    at,
    what: `took the head of ${size} entries`,
  }))
  if (told.length > 0)
    return result('met', 'Heads of the ledger were signed, and witnesses outside have taken them.', told)
  const signed = heads.map(({ size, at }) => ({
    kind: 'ledger-entry' as const,
    id: `${size - 1}`,
    at,
    what: `head of ${size} entries signed`,
  }))
  return result('partly', 'Heads of the ledger were signed; no witness outside was told of them.', signed)
}

export function accessRoles({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  if (now.accounts.length === 0) return unknown('There are no accounts.')
  const administrators = now.accounts.filter(({ roles }) => roles.includes('administrator'))
  const evidence = now.accounts.map(({ id, roles }) => ({
    kind: 'account' as const,
    id,
    at: now.at,
    what: roles.join(', ') || 'no role',
  }))
  const says = `${now.accounts.length} accounts, ${administrators.length} of them administrators.`
  const isSeparated = administrators.length < now.accounts.length
  return result(isSeparated ? 'met' : 'partly', says, evidence)
}

export function strongAuthentication({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  if (now.accounts.length === 0) return unknown('There are no accounts.')
  const strong = now.accounts.filter(({ isStrong }) => isStrong)
  const evidence = now.accounts.map(({ id, isStrong }) => ({
    ...{
      kind: 'account' as const,
      id,
      at: now.at,
      what: isStrong ? 'passkey or provider' : 'password alone',
    },
  }))
  const state = strong.length === now.accounts.length ? 'met' : strong.length > 0 ? 'partly' : 'not-met'
  return result(
    state,
    `${strong.length} of ${now.accounts.length} accounts log in with a passkey or over a provider.`,
    evidence,
  )
}

export function incidentHandling({ cases, until }: ReportFacts): ObjectiveResult {
  return ofCases(cases, {
    right: (breach) => !isOverdue(breach, until),
    says: (right, all) => `${all} cases; ${all - right} with a clock that has run out.`,
  })
}

export function breachNotification({ cases, until }: ReportFacts): ObjectiveResult {
  const due = cases.filter((breach) => severityOf(breach).duty !== 'document' && breach.role === 'controller')
  return ofCases(due, {
    right: (breach) => !isOverdue(breach, until),
    says: (right, all) =>
      `${all} breaches that have to be notified; ${right} of them notified in time, or still in time.`,
  })
}

export function breachCommunication({ cases }: ReportFacts): ObjectiveResult {
  const high = cases.filter((breach) => severityOf(breach).duty === 'notify-and-tell')
  return ofCases(high, {
    right: ({ description, consequences, measures, contact }) =>
      [description, consequences, measures, contact].every(Boolean),
    says: (right, all) =>
      `${all} breaches of high risk; for ${right} all is there that the persons have to be told.`,
  })
}

export function breachRegister({ cases }: ReportFacts): ObjectiveResult {
  return ofCases(cases, {
    right: ({ description, consequences, measures }) => [description, consequences, measures].every(Boolean),
    says: (right, all) => `${all} breaches are on record, ${right} of them with facts, effects and remedy.`,
  })
}

function isOverdue(breach: BreachCase, until: number): boolean {
  return clocksOf(breach).some(({ due, doneAt }) => due !== undefined && (doneAt ?? until) > due)
}

function ofCases(
  cases: readonly BreachCase[],
  { right, says }: { right: (breach: BreachCase) => boolean; says: (right: number, all: number) => string },
): ObjectiveResult {
  if (cases.length === 0) return unknown('There was no such case in this time.')
  const count = cases.filter(right).length
  const evidence = cases.map((breach) => ({
    ...{
      kind: 'case' as const,
      id: breach.id,
      at: lastOf(breach),
      what: `${breach.title} (${breach.state})`,
    },
  }))
  const state = count === cases.length ? 'met' : count > 0 ? 'partly' : 'not-met'
  return result(state, says(count, cases.length), evidence)
}

function lastOf(breach: BreachCase): number {
  return Math.max(Date.parse(breach.history.at(-1)?.at ?? breach.openedAt), timeOf(breach, 'notified') ?? 0)
}

export function containment({ entries }: ReportFacts): ObjectiveResult {
  const cut = ofKind(entries, 'quarantine')
  return cut.length === 0
    ? unknown('No workload was cut off in this time.')
    : result('met', `Quarantine was used: ${cut.length} changes of it are on record.`, cut)
}

export function retentionErasure({ entries, now }: ReportFacts): ObjectiveResult {
  const erased = ofKind(entries, 'erasure')
  if (erased.length > 0)
    return result('met', 'Contents of evidence were erased when their retention was over.', erased)
  if (now === null) return unknown('Nothing was due to be erased in this time.')
  return unknown(`Nothing was due: contents of evidence are kept for ${now.keepEvidenceDays} days.`)
}

export function processorDeclaration({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { transfers, processors } = now
  return ofTransfers(now, {
    flags: ['undeclared-recipient', 'beyond-declaration'],
    wrong: (count) =>
      `${count} transfers go to who is not declared, or carry more than was declared; ${processors.length} partners are declared.`,
    right: `${transfers.length} transfers were seen, all of them to who is declared or within.`,
  })
}

export function thirdCountry({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  return ofTransfers(now, {
    flags: ['third-country', 'other-country'],
    wrong: (count) =>
      `${count} transfers go to a country without a declared ground, or another than was declared.`,
    right: 'No transfer to a third country without a declared ground was seen.',
  })
}

function ofTransfers(
  { transfers, at }: NowFacts,
  { flags, wrong, right }: { flags: readonly string[]; wrong: (count: number) => string; right: string },
): ObjectiveResult {
  if (transfers.length === 0) return unknown('No transfer of personal data was seen.')
  const flagged = transfers.filter((transfer) => transfer.flags.some((flag) => flags.includes(flag)))
  const refs = (flagged.length > 0 ? flagged : transfers).map(({ id, sender, recipient, last }) => ({
    ...{ kind: 'transfer' as const, id, at: Math.min(last, at), what: `${sender.name} to ${recipient.name}` },
  }))
  const state = flagged.length === 0 ? 'met' : flagged.length === transfers.length ? 'not-met' : 'partly'
  return result(state, flagged.length === 0 ? right : wrong(flagged.length), refs)
}

export function purposeLabels({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const senders = new Map(
    now.transfers
      .filter(({ sender }) => sender.kind === 'workload')
      .map((transfer) => [transfer.sender.id, transfer]),
  )
  if (senders.size === 0) return unknown('No workload was seen to send personal data.')
  const labelled = [...senders.values()].filter(
    ({ sender }) => sender.owner !== null && sender.purpose !== null,
  )
  const evidence = [...senders.values()].map(({ id, sender, last }) => ({
    ...{ kind: 'transfer' as const, id, at: Math.min(last, now.at) },
    what: `${sender.name}: owner ${sender.owner ?? 'not said'}, purpose ${sender.purpose ?? 'not said'}`,
  }))
  const state = labelled.length === senders.size ? 'met' : labelled.length > 0 ? 'partly' : 'not-met'
  return result(
    state,
    `${labelled.length} of ${senders.size} senders of personal data are labelled with owner and purpose.`,
    evidence,
  )
}

export function evidenceHandover({ entries }: ReportFacts): ObjectiveResult {
  const given = ofKind(entries, 'export')
  return given.length === 0
    ? unknown('No bundle and no report was handed out in this time.')
    : result('met', `Bundles and reports were handed out ${given.length} times.`, given)
}

function incidentRef({
  id,
  at,
  type,
  action,
}: {
  id: string
  at: number
  type: string
  action: string
}): EvidenceRef {
  return { kind: 'incident', id, at, what: `${type} ${action}` }
}
