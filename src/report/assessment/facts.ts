import type { BreachCase } from '../../privacy/case.ts'
import type { StandingDifference } from '../../privacy/differences/difference.ts'
import type { Transfer } from '../../privacy/map/transfer.ts'
import type { AdmissionRequirement } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import type { ControlState } from './result.ts'

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
  /** Of a program: why it was decided so. */
  reason?: string
}

export interface EntryFact {
  index: number
  at: number
  kind: string
  actor: string
  /** Of what was handed out: which document, and at how many places a person still had to write. */
  handedOut?: { document: string; missing: number }
  /** Of a response rule that did something: what. */
  response?: string
}

/** What an objective came to when it was looked at, as it is on record. */
export interface CheckFact {
  /** Number of the entry. */
  entry: number
  at: number
  objective: string
  state: ControlState
  says: string
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
  createdAt: number
  /** When it last did something that is in the audit log; null where it did nothing. */
  usedAt: number | null
}

export interface WorkloadFact {
  id: string
  name: string
  isSeen: boolean
  coverage: string
  /** Whether what it sends and receives is looked at, and no more than which application it is. */
  isInspected: boolean
  /** What becomes of attacks on it; `cut` in Protect alone. */
  attacks: 'cut' | 'told'
}

/** Something that differs from what is declared or asked, and is let be. */
export interface ExceptionFact {
  id: string
  by: string
  /** Its last moment. */
  until: number
  what: string
}

export interface CaptureFact {
  id: string
  at: number
  workload: string
}

/** A machine that reports over the network. */
export interface NodeFact {
  id: string
  name: string
  /** When its certificate ends. */
  notAfter: number
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
  /** Newest first. */
  checks: readonly CheckFact[]
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
  processors: readonly Pick<
    ProcessorDefinition,
    'name' | 'displayName' | 'role' | 'contract' | 'contractDate'
  >[]
  differences: readonly Pick<StandingDifference, 'id' | 'severity' | 'state' | 'text' | 'last'>[]
  exceptions: readonly ExceptionFact[]
  /** Names of response rules; ids of rules that say which categories of personal data may cross. */
  responses: readonly string[]
  categoryRules: readonly string[]
  /** Without which labels a labelled container is not started. */
  admission: readonly AdmissionRequirement[]
  nodes: readonly NodeFact[]
  captures: readonly CaptureFact[]
  /** When the oldest entry of the ledger was made. */
  oldestEntry: number | null
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
    checks: within(facts.checks),
    cases: facts.cases.filter(
      ({ openedAt }) => Date.parse(openedAt) >= since && Date.parse(openedAt) < until,
    ),
    now: facts.now !== null && facts.now.at >= since && facts.now.at <= until ? facts.now : null,
  }
}
