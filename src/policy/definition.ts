import type { PersonalDataLabels } from '../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../model/processor.ts'
import type { Category } from '../model/records.ts'
import type { AttackException } from '../model/attack-exception.ts'
import type { DetectionChoices } from './detection.ts'
import type { ResponseRuleDefinition } from './response/definition.ts'

/** What a criterion holds a value against. */
export type CriterionOperator = '=' | '!=' | 'contains' | 'prefix' | 'regex' | '!regex'

/** `key` is `image`, `node`, `container`, `service`, `domain`, `address`, `ns:<label of the namespace>` or a label's name. */
export interface Criterion {
  key: string
  op: CriterionOperator
  value: string
}

/** From the least restrictive on. Discover learns, Monitor reports, Protect blocks. */
export const modes = ['Discover', 'Monitor', 'Protect'] as const
export type Mode = (typeof modes)[number]

/**
 * A group of peers. Learned ones are `nv.<service>.<namespace>`; `nodes`, `containers` and `external` (also `fed.nodes`,
 * `fed.containers`) are there without being defined.
 */
export interface GroupDefinition {
  name: string
  criteria: readonly Criterion[]
  comment?: string
  /** Groups whose members are its members, too. */
  includes?: readonly string[]
  /** Of the network, where the group can have one (`canHaveMode`). Absent: that of new services. */
  mode?: Mode
  /** Of processes and files; absent: as of the network. */
  profileMode?: Mode
  /** Whether traffic of its members passes while it cannot be inspected; absent: it does. */
  onFailure?: FailureMode
  /** How far connections of its members are inspected while they are held; absent: `content`. */
  inspection?: InspectionDepth
  /** Whether attacks in what its members say and are told are cut in Protect; absent: they are reported. */
  attacks?: AttackHandling
  /** How strictly requests of its members and to them are judged, 1 to 4; absent: 1. */
  strictness?: 1 | 2 | 3 | 4
  /** Which threats to its members are cut in Protect, by their numbers; absent: those that NeuVector drops. */
  threats?: ThreatHandling
  /** Which threats are looked for otherwise where its members are: `1002=50`, `3011=off`, by their numbers. */
  thresholds?: readonly string[]
  /** Names of WAF sensors, of which what they match in requests to its members is cut in Protect. */
  deniedSensors?: readonly string[]
  /** Those that only tell of it, and those that are switched off in it. A sensor that no group names tells of what it matches anywhere. */
  toldSensors?: readonly string[]
  offSensors?: readonly string[]
  /** What may run in it, and who may touch which files. */
  profile?: GroupProfile
}

/** `basic`: what rules list may run. `zero-drift`: what the image brought may as well, and nothing else. */
export type Baseline = 'basic' | 'zero-drift'

export interface ProcessRule {
  action: 'allow' | 'deny'
  /** Of the program, `*` in it is anything; empty: any. */
  name: string
  /** From the root of the container, `*` in it is anything; empty: any. */
  path: string
  /** Name or number of the user that runs it; absent: any. */
  user?: string
  /** The program may be another than the image brought under that path. */
  allowUpdate?: boolean
  /** Absent: as written in YAML. */
  tier?: Tier
  /** Where it is written: `file.yaml:12`. */
  source?: string
}

export interface FileRule {
  /** From the root of the container; `*` stands for anything within a name. */
  filter: string
  /** `monitor_change` reports changes, `monitor_access` whoever opens it, `block_access` keeps others from opening it. */
  behavior: 'monitor_change' | 'monitor_access' | 'block_access'
  /** Folders below as well. */
  recursive: boolean
  /** Paths of programs that it does not speak of; `*` in them is anything. */
  applications: readonly string[]
  /** Personal data that lies there, as far as somebody has said so. */
  categories?: readonly Category[]
  /** Absent: as written in YAML. */
  tier?: Tier
  source?: string
}

export interface GroupProfile {
  /** Absent: `basic`. */
  baseline?: Baseline
  processes: readonly ProcessRule[]
  files: readonly FileRule[]
}

/** `block` cuts a connection at the packet that would complete the request or statement. */
export type AttackHandling = 'report' | 'block'

/** `block` all that are looked for, `report` them only, or block these. */
export type ThreatHandling = 'block' | 'report' | readonly number[]

/** `open` lets pass what cannot be inspected, `closed` does not. */
export type FailureMode = 'open' | 'closed'

/**
 * `content` looks at all that is said. `application` goes on only until it is known what is spoken, where no rule speaks of
 * personal data: the rest is the kernel's, and what it carries is not seen.
 */
export type InspectionDepth = 'content' | 'application'

/** Where a rule comes from, in the order in which rules are asked. */
export const tiers = ['federal', 'yaml', 'user', 'learned'] as const
export type Tier = (typeof tiers)[number]

export const tlsVersions = ['TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
export type TlsVersion = (typeof tlsVersions)[number]

/** What a connection has to be for a rule that allows it to allow it. */
export interface Requirements {
  /** It has to be encrypted, where a version is given by TLS of at least that version. */
  encryption?: { minimumTlsVersion?: TlsVersion }
  /** Categories of personal data that may cross it, or that may not; only one of both. Either way of the connection counts. */
  personalData?: { allowed: readonly Category[] } | { forbidden: readonly Category[] }
}

export interface RuleDefinition {
  /** Unique in the policy. */
  id: string
  tier: Tier
  /** 0 to 100, higher first; within one tier. */
  priority: number
  from: string
  to: string
  /** NeuVector's names, case does not matter; empty: any. */
  applications: readonly string[]
  /** `tcp/80, udp/53-60, icmp, 8080`; empty: any. */
  ports: string
  action: 'allow' | 'deny'
  requirements?: Requirements
  /** Where it is written: `file.yaml:12`. */
  source?: string
}

export interface PolicyDefinition {
  groups: readonly GroupDefinition[]
  rules: readonly RuleDefinition[]
  processors: readonly ProcessorDefinition[]
  /** What is done when something happens. It is the controller's: enforcers are not told. */
  responses?: readonly ResponseRuleDefinition[]
  /** What of the detectors counts; absent: as usual. */
  detection?: DetectionChoices
  /** What is an attack elsewhere and is none here. */
  attackExceptions?: readonly AttackException[]
  /** Of learned groups that nobody has given one. */
  newServiceMode: Mode
  /** Of processes and files of those; absent: as of the network. */
  newServiceProfileMode?: Mode
  /** Between groups of different modes the most restrictive counts; otherwise the least. */
  strictGroupMode: boolean
  /** What labelled containers have to name before they may start; absent: nothing. */
  admission?: PersonalDataLabels
}

/** Something of a definition that cannot be, named so that whoever wrote it finds it. */
export interface PolicyProblem {
  /** Name of the group or processor, or id of the rule. */
  subject: { kind: 'group' | 'rule' | 'processor'; name: string }
  /** The part of it: `criteria.2.value`, `ports`, `to`. */
  part: string
  problem: string
  nextStep: string
}

export const emptyPolicy: PolicyDefinition = {
  groups: [],
  rules: [],
  processors: [],
  newServiceMode: 'Discover',
  strictGroupMode: false,
}
