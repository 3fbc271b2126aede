import type { BreachCase } from '../../privacy/case.ts'
import type { Transfer } from '../../privacy/map/transfer.ts'

/** Personal data that was seen. Times here in ms since 1970. */
export interface FindingFact {
  id: string
  at: number
  category: string
  workload: string
  isEncrypted: boolean
  /** Where it went: within the node itself, to another workload that is watched, or to somebody else. */
  crossing: 'loopback' | 'watched' | 'outside'
}

export interface GapFact {
  id: string
  at: number
  reason: string
  detail: string
}

export interface IncidentFact {
  id: string
  at: number
  type: string
  action: string
}

export interface EntryFact {
  index: number
  at: number
  kind: string
  actor: string
}

export interface PolicyFact {
  number: number
  at: number
  author: string
  reason: string
}

export interface GroupFact {
  name: string
  members: number
  mode: string | null
  profileMode: string | null
  /** Rules about files. */
  files: number
}

export interface AccountFact {
  id: string
  roles: readonly string[]
  /** A passkey, or a provider that vouches. */
  isStrong: boolean
}

export interface WorkloadFact {
  id: string
  name: string
  isSeen: boolean
  coverage: string
}

/** All that is known of a time; what is known of now only is null in a time that is over. */
export interface ReportFacts {
  since: number
  until: number
  findings: readonly FindingFact[]
  gaps: readonly GapFact[]
  incidents: readonly IncidentFact[]
  /** Of the ledger, newest first. */
  entries: readonly EntryFact[]
  witnessed: readonly { name: string; at: number; size: number }[]
  heads: readonly { size: number; at: number }[]
  /** Newest first, with the one that was in force at the beginning. */
  policies: readonly PolicyFact[]
  cases: readonly BreachCase[]
  now: NowFacts | null
}

/** What is known of now only. */
export interface NowFacts {
  at: number
  groups: readonly GroupFact[]
  accounts: readonly AccountFact[]
  workloads: readonly WorkloadFact[]
  transfers: readonly Transfer[]
  processors: readonly string[]
  /** Null where the audit log is whole; else the first entry that does not follow. */
  brokenAudit: number | null
  keepEvidenceDays: number
}

/** What of it is of a part of that time. */
export function factsWithin(facts: ReportFacts, since: number, until: number): ReportFacts {
  const within = <Fact extends { at: number }>(all: readonly Fact[]): Fact[] =>
    all.filter(({ at }) => at >= since && at < until)
  const firstBefore = facts.policies.findIndex(({ at }) => at < since)
  const policies = facts.policies.filter(({ at }, i) => at < until && (at >= since || i === firstBefore))
  return {
    ...{ since, until, policies },
    findings: within(facts.findings),
    gaps: within(facts.gaps),
    incidents: within(facts.incidents),
    entries: within(facts.entries),
    witnessed: within(facts.witnessed),
    heads: within(facts.heads),
    cases: facts.cases.filter(
      ({ openedAt }) => Date.parse(openedAt) >= since && Date.parse(openedAt) < until,
    ),
    now: facts.now !== null && facts.now.at >= since && facts.now.at <= until ? facts.now : null,
  }
}
