import type {
  CoverageRecord,
  FileRecord,
  FlowRecord,
  PersonalDataRecord,
  ProcessRecord,
  AttackRecord,
  ThreatRecord,
  ViolationRecord,
} from './records.ts'
import type { AutomaticCapture, CaptureOrder, CapturePart } from './captures.ts'
import type { NodeCertificate, NodeKeyOffer, NodeRefusal } from './node-messages.ts'
import type { Workload } from './workload.ts'

/**
 * What an enforcer and its controller say to each other: NDJSON over one Unix socket, or, from another machine, over TLS 1.3 in
 * which both have shown who they are; each line one message. The enforcer numbers its batches; the controller acknowledges a batch once it is durable. What is not acknowledged is
 * sent again after a reconnect, so a record's id makes storing it twice harmless.
 *
 * The order: the enforcer connects and says `hello`, the controller answers `welcome`, the enforcer lists all its
 * workloads and says what policy it goes by (`enforced`), then batches, changes of workloads and a `status` now and then. The
 * controller sends the policy where that is another than its own, and again whenever it changes; an enforcer that has not said
 * `enforced` is sent none. A line that is not one of these
 * messages, or longer than `wireLimits.lineBytes`, ends the connection; a record in a batch that is not well-formed
 * is left out, counted, and reported as a coverage record, and the rest of its batch is kept.
 */
export type EnforcerMessage =
  | {
      kind: 'hello'
      /** Name of the enforcer, the same after a restart: the node's host name, or the name under which it joined. */
      enforcer: string
      /** Names this run of it (UUID). Batches are numbered from 1 within a run. */
      run: string
      version: string
      startedAt: string
      workers: number
    }
  | {
      kind: 'workloads'
      workloads: WorkloadState[]
      /** True when these are all that run now, so that any other of this enforcer has stopped; false for changes. */
      complete: boolean
    }
  | { kind: 'batch'; sequence: number; records: ObservedRecord[] }
  | { kind: 'status'; status: EnforcerStatus }
  | ({ kind: 'enforced' } & Enforced)
  /** A piece of a file of packets. It is not acknowledged: what is lost on the way ends the file. */
  | ({ kind: 'capture' } & CapturePart)
  /** Over the network: a key that the node has made, for its next certificate. */
  | ({
      kind: 'renew'
      /** SHA-256 of the certificate that it has now, base64url: what came before that is needed no more. */
      has: string
    } & NodeKeyOffer)
  | ({ kind: 'killed' } & KillReport)

export type ControllerMessage =
  | {
      kind: 'welcome'
      /** The last batch of this run that is durable; 0 when none is. */
      acknowledged: number
      /** Key of the keyed hashes in findings, 64 hexadecimal digits; the same for all enforcers of a controller. */
      hashKey: string
    }
  /** Every batch up to and including this one is durable. */
  | { kind: 'acknowledge'; sequence: number }
  | ({ kind: 'policy' } & PolicyPart)
  /** What is to be recorded from now on, all of it: after `enforced`, and after each change. */
  | { kind: 'captures'; automatic: AutomaticCapture; orders: CaptureOrder[] }
  /** All workloads that are to be cut off from now on; those of no enforcer's own are passed over. */
  | { kind: 'quarantine'; workloads: QuarantinedWorkload[] }
  /** Pods of other nodes that have come or changed, and ids of those that are gone; `complete`: there are no others. */
  | { kind: 'peers'; peers: PeerWorkload[]; gone: string[]; complete: boolean }
  /** Over the network: that the connection still is one, for a machine that is gone says nothing. An enforcer's sign is its `status`. */
  | { kind: 'alive' }
  /** Over the network: the certificate that was asked for; the one before it is good until this is used. */
  | NodeCertificate
  /** Over the network: why the connection ends now. */
  | NodeRefusal
  | ({ kind: 'kill' } & KillOrder)

/**
 * A policy on its way, in parts that come one after the other with nothing of another policy between: one line would be longer
 * than a line may be. The controller sends the next policy only when the enforcer has said `enforced` of this one.
 */
export interface PolicyPart {
  /** Of the policy's history, for people: learned rules change without a new one. */
  version: number
  /** SHA-256 of the whole text, lower-case hex: what tells one policy from another. */
  digest: string
  /** From 1 on. */
  part: number
  parts: number
  /** A piece of the policy's JSON (`PolicyDefinition` of src/policy). */
  text: string
}

/** A workload of another node: without what means something there only, as its process. */
export interface PeerWorkload {
  /** Name of that node. */
  node: string
  workload: Workload
}

export interface QuarantinedWorkload {
  /** Id of the workload. */
  workload: string
  /** RFC 3339. */
  since: string
  reason: string
}

/** Processes of a workload that are to end; answered by a `KillReport`. */
export interface KillOrder {
  order: string
  /** Id of the workload. */
  workload: string
  /** As the node counts processes, and what they ran, from the root of the container: others may have the numbers by now. */
  pids: readonly number[]
  path: string
}

export interface KillReport {
  order: string
  /** `gone`: none of them was there any more. */
  outcome: 'killed' | 'gone' | 'refused'
  /** For people. */
  detail: string
}

/** What an enforcer goes by: said after each welcome, and again when that has changed. */
export interface Enforced {
  /** Digest of its policy; null where it has none. */
  policy: string | null
  /** Ids of the workloads that it keeps in quarantine, whether they run on its node or not. */
  quarantined: string[]
}

/** Both sides keep to these; they bound the memory that one connection can cost the controller. */
export const wireLimits = {
  /** Of the key of the keyed hashes. */
  hashKeyBytes: 32,
  /** One line, with its newline. */
  lineBytes: 4 * 1024 * 1024,
  recordsPerBatch: 2_000,
  /** Batches sent and not yet acknowledged. */
  batchesInFlight: 8,
  /** Characters of one part of a policy, and its parts: as much as 100,000 rules take. */
  policyPartLength: 128 * 1024,
  policyParts: 512,
  quarantinedWorkloads: 1_000,
  /** Pods of other nodes in one message. */
  peersPerMessage: 100,
  /** Characters of why a workload is in quarantine. */
  quarantineReasonLength: 200,
} as const

/**
 * Flow and finding records carry the workload in whose namespace they were seen.
 *
 * Records are cumulative: a flow or a finding is sent when it is first known and again when it has grown, each time
 * under the same `recordId` and with all that is known by then (counts and bytes never fall). The controller keeps
 * the furthest of each, so that receiving one twice, or an old one after a new one, changes nothing. A flow's
 * `recordId` is its `id` and is unique over enforcers and restarts; a finding's names its flow, direction, identifier
 * and field. A flow is sent before, or in the same batch as, its first finding.
 */
export type ObservedRecord =
  | (FlowRecord & { recordId: string })
  | (PersonalDataRecord & { recordId: string; workload: string })
  | (CoverageRecord & { recordId: string })
  | Incident

/** What is told of because somebody should look at it; a type is added here, and its schema in the controller's check. */
export type Incident = (ViolationRecord | ThreatRecord | AttackRecord | ProcessRecord | FileRecord) & {
  recordId: string
}

export interface WorkloadState {
  workload: Workload
  /** `seen` when its packets are read; otherwise why not: `host-network`, `no-namespace`, `not-permitted`, `starting`, `tap-failed`. */
  coverage: 'seen' | 'starting' | 'host-network' | 'no-namespace' | 'not-permitted' | 'tap-failed'
  detail?: string
  /** From the engine's start event (or first sight) to the first packet that could have been read, in ms. */
  attachedAfterMs?: number
  /** What is done with its packets beside watching them; absent: nothing. */
  protection?: WorkloadProtection
  stoppedAt?: string
}

export interface WorkloadProtection {
  /** `held` until they are decided about, or all cut off; `failed`: it should be one of both, and `detail` says why it is not. */
  kind: 'none' | 'held' | 'quarantine' | 'failed'
  /** Whether what cannot be inspected passes. */
  failOpen?: boolean
  /** From the engine's start event, or its first sight, to when its packets were held, in ms. */
  afterMs?: number
  detail?: string
}

export interface EnforcerStatus {
  at: string
  packets: number
  bytes: number
  /** Packets that the kernel dropped because a ring was full. */
  dropped: number
  flows: number
  /** Records waiting for the controller, and those given up because too many waited. */
  waiting: number
  lost: number
  /** Resident memory of the whole enforcer, its rings included. */
  residentBytes: number
  /** `memoryBytes`: heap and buffers of that thread. */
  workers: { packets: number; bytes: number; dropped: number; busyRatio: number; memoryBytes: number }[]
}
