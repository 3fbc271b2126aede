/**
 * The records that Pavise emits everywhere: files, API, event stream, store, ledger. Their shape is a contract; add
 * fields, never change one. Times are RFC 3339 UTC with milliseconds.
 */

export interface Endpoint {
  /** IPv4 dotted or IPv6 in RFC 5952 form. */
  address: string
  /** 0 where the transport has no ports. */
  port: number
}

export type Transport = 'tcp' | 'udp' | 'icmp' | 'icmp6' | 'sctp' | `ip-${number}`

/** How far a flow got: for TCP the state it ended in, for the others whether both sides spoke. */
export type FlowState = 'attempted' | 'established' | 'closed' | 'reset' | 'midstream' | 'one-way' | 'two-way'

export interface CertificateSummary {
  subject: string
  issuer: string
  /** Subject alternative names, DNS and IP. */
  names: string[]
  notBefore: string
  notAfter: string
  /** e.g. `RSA 2048`, `EC P-256`, `Ed25519`. */
  key: string
  /** SHA-256 of the DER, lower-case hex. */
  fingerprint: string
  selfSigned: boolean
}

export interface TlsDetails {
  version?: string
  offeredVersions?: string[]
  cipher?: string
  offeredCiphers?: number
  sni?: string
  alpn?: string
  offeredAlpn?: string[]
  ja3?: string
  ja3s?: string
  ja4?: string
  certificates?: CertificateSummary[]
  /** The client's own: what of them is a person's is covered. */
  clientCertificates?: CertificateSummary[]
  /** `to-client fatal handshake_failure`. */
  alerts?: string[]
  resumed?: boolean
  /**
   * The hello has an encrypted one in it. Browsers send one that is only for show as well (RFC 8701): it does not prove that
   * `sni` is another name than the one asked for.
   */
  encryptedClientHello?: boolean
  anomalies?: string[]
}

export interface HttpDetails {
  version?: string
  requests: number
  responses: number
  host?: string
  methods: string[]
  /** Count by status code. */
  statuses: Record<string, number>
  userAgent?: string
  server?: string
  anomalies?: string[]
}

export interface DnsDetails {
  queries: number
  answers: number
  /** The first names asked, at most `limits.dnsNamesPerFlow`. */
  names: string[]
  types: string[]
  responseCodes: Record<string, number>
  anomalies?: string[]
}

export interface PostgresDetails {
  user?: string
  database?: string
  applicationName?: string
  serverVersion?: string
  statements: number
  rows: number
  errors: number
  copies?: number
  anomalies?: string[]
}

/** What the parsers of a flow learnt about it; each fills its own part. */
export interface FlowDetails {
  tls?: TlsDetails
  http?: HttpDetails
  dns?: DnsDetails
  postgresql?: PostgresDetails
}

/** Where the workload stands in whose namespace a flow was seen: at an end, or between both, as a bridge or router. */
export type Side = 'client' | 'server' | 'transit'

export interface FlowRecord extends FlowDetails {
  type: 'flow'
  id: string
  start: string
  end: string
  transport: Transport
  client: Endpoint
  server: Endpoint
  /** NeuVector's application name, or `unknown`. */
  application: string
  bytesToServer: number
  bytesToClient: number
  packetsToServer: number
  packetsToClient: number
  encrypted: boolean
  state: FlowState
  /** Names by which DNS answers of this run, SNI or Host knew the server. */
  serverName?: string
  /** Name that DNS answers gave the server's address. The client has no say in it, so it is what rules by name go by. */
  dnsName?: string
  /**
   * About how many persons' data was found in it, each way: values of one record count as one person's. Absent where none was.
   */
  dataSubjects?: {
    toServer: number
    toClient: number
    /** With which the persons of several flows are counted once each (`SubjectSketch`); absent where none is told from others. */
    sketches?: { toServer?: string; toClient?: string }
  }
  /** What went wrong while reading it: gaps, overlaps with differing content, memory caps, parser limits. */
  anomalies?: Record<string, number>
  /** Live only: the workload in whose namespace it was seen, and where that workload stands. */
  workload?: string
  side?: Side
  /** Stored only: ids of the transfers that what was sent each way is part of. */
  transfers?: { toServer: string; toClient: string }
}

export type Category =
  | 'contact'
  | 'identity'
  | 'financial'
  | 'online'
  | 'location'
  | 'health'
  | 'genetic'
  | 'special'
  | 'criminal'
  | 'children'
  | 'credential'

/** Where in its protocol a value stood. */
export type Place =
  | 'http.target'
  | 'http.query'
  | 'http.header'
  | 'http.cookie'
  | 'http.body'
  | 'http.form'
  | 'sql.text'
  | 'sql.parameter'
  | 'sql.column'
  | 'sql.error'
  | 'dns.name'
  | 'tls.certificate'
  | 'payload'

export interface PersonalDataRecord {
  type: 'personal-data'
  /** Id of the flow it crossed; absent for `detect`. */
  flow?: string
  identifier: string
  category: Category
  /** 0 to 1. */
  confidence: number
  direction: 'to-server' | 'to-client'
  /** Place and path: `http.header authorization`, `http.body $.customer.iban`, `sql.column email`. */
  field: string
  count: number
  /** Estimated number of distinct values, from keyed hashes. */
  distinct: number
  /** A masked sample: enough to recognise one's own, too little to use. */
  masked: string
  /** Keyed hash (HMAC-SHA-256, truncated) of the sample, to join without knowing. */
  hash: string
  first: string
  last: string
}

/** A stretch of traffic that was not, or not wholly, inspected. Never a silent gap. */
export interface CoverageRecord {
  type: 'coverage'
  at: string
  workload?: string
  reason: string
  detail: string
  packets?: number
  bytes?: number
}

/** An end of a connection that broke a rule, and the groups that it counted as. */
export interface ViolationEnd extends Endpoint {
  groups: string[]
  /** The workload that it is, where it is one that is known. */
  workload?: string
  /** Names by which DNS answers, SNI or Host knew it. */
  names?: string[]
}

/** What one part of a rule asked, what was seen, and whether that was it. */
export interface ViolationCheck {
  criterion: string
  wanted: string
  seen: string
  check: 'met' | 'unmet' | 'pending'
}

/** Value of a category that may not cross the connection: the first that was found. */
export type ViolationFinding = Pick<
  PersonalDataRecord,
  'identifier' | 'category' | 'direction' | 'field' | 'masked' | 'hash'
>

/**
 * What decided against a connection. `rule`: a rule denies it as it is; `no-rule`: none allows it; `application`: the same, once it
 * was told what it speaks; `encryption`, `personal-data`: what the rule requires that allows it otherwise. `evasion`: it was sent so
 * that its ends may read something else than what was inspected. `not-inspected`: its group asks for what cannot be inspected to be cut.
 * `attack`, `threat`: so is what attacks, and whoever was a threat a moment ago.
 */
export type ViolationCriterion =
  | 'rule'
  | 'no-rule'
  | 'application'
  | 'encryption'
  | 'personal-data'
  | 'evasion'
  | 'not-inspected'
  | 'attack'
  | 'threat'

/** Connections of one kind that the policy does not allow. Told again under the same id when there are more of them. */
export interface ViolationRecord {
  type: 'violation'
  id: string
  first: string
  last: string
  /** Connections, the client's port of which may differ. */
  count: number
  /** Id of the flow of the first. */
  flow?: string
  /** In whose namespace. */
  workload?: string
  transport: Transport
  /** Of the first connection. */
  client: ViolationEnd
  server: ViolationEnd
  /** As far as it was known when it was decided. */
  application: string
  action: 'reported' | 'blocked'
  criterion: ViolationCriterion
  /** Id of the rule that decided; absent where none speaks of the connection. */
  rule?: string
  /** One sentence for people. */
  reason: string
  /** Each part of the rule that decided. */
  checks?: ViolationCheck[]
  /** Id of the rule that allows what comes nearest. */
  nearest?: string
  finding?: ViolationFinding
}

/** Why a request, or a statement, is taken for an attack. */
export interface AttackReasonRecord {
  class: string
  /** Stable id of the rule: `sql.tautology`. */
  rule: string
  /** Points that it adds to the score. */
  weight: number
  /** For people. */
  what: string
}

/** Attacks of one kind on one flow. Told again under the same id when there are more of them. */
export interface AttackRecord {
  type: 'attack'
  id: string
  first: string
  last: string
  count: number
  /** Id of the flow. */
  flow: string
  /** In whose namespace. */
  workload?: string
  client: Endpoint
  server: Endpoint
  application: string
  /** `sql-injection`, `cross-site-scripting`, …: docs/reference/detections.md. */
  class: string
  /** Points of the reasons. */
  score: number
  /** Strictness at which it was judged, 1 to 4. */
  level: number
  /** Where the heaviest reason was found; `sql`: in a whole statement. */
  place: 'query' | 'header' | 'cookie' | 'body' | 'path' | 'sql'
  /** Name of the parameter, header, cookie or field; `''` where there is none. */
  field: string
  /** Absent where it was none. What is a value in the path is `*`. */
  request?: { method: string; path: string }
  /** What was found there, with all words masked that are not of a language of machines. */
  masked: string
  /** Heaviest first. */
  reasons: AttackReasonRecord[]
  action: 'reported' | 'blocked'
}

/** A process that something descends from. */
export interface AncestorProcess {
  pid: number
  name: string
  /** From the root of the process; `''` where it is not known. */
  path: string
}

/** Who did something. */
export interface ProcessActor {
  /** As the node counts processes. */
  pid: number
  /** Of the program; of one that is many in one file, the part that was asked for. */
  name: string
  /** Of the file, all links followed, from the root of the container. */
  path: string
  /** From the program's own name on; secrets and personal data are masked. */
  arguments: string[]
  /** As the container counts users. */
  user: { id: number; name?: string }
  /** Nearest first, up to the first process of the container. */
  ancestors: AncestorProcess[]
}

/** Where a program came from: as the image brought it, changed since, added since, in memory alone; or it cannot be told. */
export type ProgramOrigin = 'image' | 'changed' | 'added' | 'memory' | 'unknown'

/** Programs of one kind that were to run in a workload. Told again under the same id when there are more of them. */
export interface ProcessRecord {
  type: 'process'
  id: string
  first: string
  last: string
  count: number
  workload: string
  /** `exec`: was to run; `running`: did when it began to be watched; `became-root`: its user changed. */
  event: 'exec' | 'running' | 'became-root'
  /** The first of them. */
  process: ProcessActor
  /** Numbers of the last of them, oldest first, as the node counts processes. */
  pids?: number[]
  origin: ProgramOrigin
  action: 'allowed' | 'learned' | 'reported' | 'blocked' | 'killed'
  /**
   * What decided: a rule, that the image brought it, that it did not, that nobody has listed it, what it is, or that its container
   * lacks what one of personal data has to name.
   */
  reason: 'rule' | 'image' | 'drift' | 'not-listed' | 'suspicious' | 'not-admitted'
  rule?: string
  suspicion?: { kind: string; severity: 'critical' | 'high' | 'medium' | 'low' }
}

/** What was done to a file, or would have been. Told again under the same id when it was done again. */
export interface FileRecord {
  type: 'file'
  id: string
  first: string
  last: string
  count: number
  workload: string
  /** From the root of the container. */
  path: string
  operation: 'opened' | 'written' | 'created' | 'deleted' | 'moved-in' | 'moved-out' | 'attributes'
  action: 'reported' | 'blocked'
  rule: string
  /** Of personal data that lies there, as far as a rule says so. */
  categories?: Category[]
  /** Whether a process of the container did it, or one of the node (`docker cp`). */
  from: 'container' | 'node' | 'unknown'
  /** Absent where it had ended before it could be looked at. */
  process?: ProcessActor
}

export type ThreatSeverity = 'critical' | 'high' | 'medium' | 'low' | 'info'

/** Cyber kill chain (Hutchins, Cloppert, Amin 2011): how far whoever does it has come. */
export type KillChainStage =
  | 'reconnaissance'
  | 'delivery'
  | 'exploitation'
  | 'command-and-control'
  | 'actions-on-objectives'

/** Packets, connections or messages of one kind that are hostile or weak. Told again under the same id when there are more of them. */
export interface ThreatRecord {
  type: 'threat'
  id: string
  first: string
  last: string
  /** How often it was seen: packets, connections, messages. */
  count: number
  /** Number in docs/reference/threats.md; below 3000 it is NeuVector's. */
  threat: number
  name: string
  severity: ThreatSeverity
  /** MITRE ATT&CK: `T1499.001`. */
  technique: string
  stage: KillChainStage
  /** Id of the flow of the first; absent where it belongs to none. */
  flow?: string
  /** In whose namespace. */
  workload?: string
  transport?: Transport
  /** Who did it to whom, the first time; absent where the packet was not readable so far. A source may be forged. */
  source?: Endpoint
  target?: Endpoint
  /** What else it is about, such as the domain of a tunnel; what of it is a person's is covered. */
  subject?: string
  /** The furthest that was measured, and from where on it is told of. */
  measured: { unit: string; value: number; threshold: number; seconds?: number }
  /** 0 to 1: how sure it is to be hostile, seen from the wire alone. */
  confidence: number
  /** `blocked`: its packets were not forwarded, and whoever sends them begins no connection for a while. */
  action: 'reported' | 'blocked'
  /** One sentence for people. */
  reason: string
}

export interface SummaryRecord {
  type: 'summary'
  files?: string[]
  start: string | null
  end: string | null
  packets: number
  bytes: number
  flows: number
  applications: Record<string, number>
  findings: Record<string, number>
  /** About how many persons' data it was, each counted once over all flows; absent where none is told from others. */
  dataSubjects?: number
  /** Connections that the policy does not allow, by criterion; absent where there are none. */
  violations?: Record<string, number>
  /** Threats by name; absent where there are none. */
  threats?: Record<string, number>
  /** Attacks in content, by class; absent where there are none. */
  attacks?: Record<string, number>
  /** Packets, flows or bytes that were passed over, by reason. */
  skipped: Record<string, number>
  /** Set when the input could not be read to its end. */
  incomplete?: { file: string; offset: number; reason: string }[]
}

export type PaviseRecord =
  | FlowRecord
  | PersonalDataRecord
  | ViolationRecord
  | ThreatRecord
  | AttackRecord
  | ProcessRecord
  | FileRecord
  | CoverageRecord
  | SummaryRecord
