import { ofKind, onlyNow, result, unknown } from './answers.ts'
import type { AccountFact, EntryFact, NowFacts, ReportFacts } from './facts.ts'
import type { EvidenceRef, ObjectiveResult } from './result.ts'

/** What evidences that somebody decided, agreed or wrote something down. */

const dayMs = 24 * 3_600_000

/** Of each partner that processes on behalf of somebody here, or decides together with them: GDPR Articles 26, 28(3). */
export function supplierContracts({ now }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const bound = now.processors.filter(({ role }) => role !== 'recipient' && role !== 'controller')
  if (bound.length === 0) return unknown('No partner is declared that has to be bound by a contract.')
  const whole = bound.filter(
    ({ contract, contractDate }) => contract !== undefined && contractDate !== undefined,
  )
  const evidence = bound.map(({ name, displayName, contract, contractDate }) => ({
    ...{ kind: 'processor' as const, id: name, at: now.at },
    what: `${displayName}: ${[contract, contractDate].filter(Boolean).join(', ') || 'no contract is named'}`,
  }))
  const state = whole.length === bound.length ? 'met' : whole.length > 0 ? 'partly' : 'not-met'
  return result(
    state,
    `Of ${bound.length} partners, ${whole.length} are declared with contract and date.`,
    evidence,
  )
}

/** What somebody lets be has a name, a reason and an end. */
export function exceptionReview({ now, entries }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { exceptions, at } = now
  if (exceptions.length === 0)
    return unknown('Nothing is let be that differs from what is declared or asked.')
  const over = exceptions.filter(({ until }) => until <= at)
  const evidence: EvidenceRef[] = [
    ...ofKind(entries, 'privacy'),
    ...exceptions.map(({ id, by, until, what }) => ({
      ...{ kind: 'exception' as const, id, at },
      what: `${what}, by ${by} until ${new Date(until).toISOString().slice(0, 10)}`,
    })),
  ]
  const says = `${exceptions.length} exceptions, each with who answers for it and its last day; ${over.length} are over and were not looked at since.`
  return result(over.length === 0 ? 'met' : 'partly', says, evidence)
}

/** Differences that were seen are risks that somebody has to decide about; that is part of an assessment, and never the whole. */
export function riskAssessment({ now, entries }: ReportFacts): ObjectiveResult {
  if (now === null) return onlyNow()
  const { differences, at } = now
  if (differences.length === 0) return unknown('Nothing differs from what is declared.')
  const undecided = differences.filter(({ state }) => state === 'open')
  const high = undecided.filter(({ severity }) => severity === 'high')
  const evidence: EvidenceRef[] = [
    ...ofKind(entries, 'privacy'),
    ...differences.map(({ id, text, last }) => ({
      ...{ kind: 'difference' as const, id, at: Math.min(last ?? at, at), what: text },
    })),
  ]
  const says = `Of ${differences.length} differences from what is declared or asked, nobody has decided about ${undecided.length}, ${high.length} of them of high severity.`
  return result(high.length > 0 ? 'not-met' : 'partly', says, evidence)
}

/** Records of processing that were made of what was seen, with what they lack. */
export function processingRecords(facts: ReportFacts): ObjectiveResult {
  return ofDrafts(facts, ['record', 'processor-record'], 'a record of processing')
}

export function impactAssessment(facts: ReportFacts): ObjectiveResult {
  return ofDrafts(facts, ['impact-assessment'], 'input to an impact assessment')
}

function ofDrafts({ entries }: ReportFacts, documents: readonly string[], name: string): ObjectiveResult {
  const made = entries.filter(
    ({ handedOut }) => handedOut !== undefined && documents.includes(handedOut.document),
  )
  const [latest] = made
  if (latest === undefined) return unknown(`No draft of ${name} was made in this time.`)
  const missing = latest.handedOut?.missing ?? 0
  const says = `A draft of ${name} was made of what was seen; at ${missing} places a person had to write.`
  return result(missing === 0 ? 'met' : 'partly', says, made.map(entryRef))
}

function entryRef({ index, at, actor, handedOut }: EntryFact): EvidenceRef {
  return { kind: 'ledger-entry', id: `${index}`, at, what: `${handedOut?.document ?? ''}, by ${actor}` }
}

/** Accounts that nobody uses are closed. @param days without use */
export function unusedAccounts(days: number): (facts: ReportFacts) => ObjectiveResult {
  return ({ now }) => {
    if (now === null) return onlyNow()
    if (now.accounts.length === 0) return unknown('There are no accounts.')
    const unused = now.accounts.filter((account) => now.at - lastUse(account) > days * dayMs)
    const evidence = now.accounts.map((account) => ({
      ...{ kind: 'account' as const, id: account.id, at: now.at },
      what: `${account.usedAt === null ? 'made' : 'last used'} ${new Date(lastUse(account)).toISOString().slice(0, 10)}`,
    }))
    const says = `${now.accounts.length} accounts are open; ${unused.length} did nothing for more than ${days} days.`
    return result(unused.length === 0 ? 'met' : 'not-met', says, evidence)
  }
}

function lastUse({ usedAt, createdAt }: AccountFact): number {
  return usedAt ?? createdAt
}

/** How long contents of evidence are kept, and back to when there are some. @param days as a standard asks */
export function logRetention(days: number): (facts: ReportFacts) => ObjectiveResult {
  return ({ now, entries }) => {
    if (now === null) return onlyNow()
    const setting = {
      kind: 'setting' as const,
      id: 'keep-evidence',
      at: now.at,
      what: `${now.keepEvidenceDays} days`,
    }
    const evidence = [setting, ...ofKind(entries, 'erasure')]
    const says = `Evidence is kept for ${now.keepEvidenceDays} days, where ${days} are asked; ${reachText(now)}`
    return result(now.keepEvidenceDays >= days ? 'met' : 'not-met', says, evidence)
  }
}

function reachText({ oldestEntry }: NowFacts): string {
  if (oldestEntry === null) return 'there is none yet.'
  return `it reaches back to ${new Date(oldestEntry).toISOString().slice(0, 10)}.`
}
