import type { CoverageRecord, FlowRecord, PersonalDataRecord } from './records.ts'
import type { Workload } from './workload.ts'

/**
 * What an enforcer and its controller say to each other: NDJSON over one Unix socket, each line one message. The
 * enforcer numbers its batches; the controller acknowledges a batch once it is durable. What is not acknowledged is
 * sent again after a reconnect, so a record's id makes storing it twice harmless.
 */
export type EnforcerMessage =
  | { kind: 'hello'; enforcer: string; version: string; startedAt: string; workers: number }
  | { kind: 'workloads'; workloads: WorkloadState[] }
  | { kind: 'batch'; sequence: number; records: ObservedRecord[] }
  | { kind: 'status'; status: EnforcerStatus }

export type ControllerMessage =
  | { kind: 'welcome'; acknowledged: number }
  | { kind: 'acknowledge'; sequence: number }

/** Flow and finding records carry the workload in whose namespace they were seen. */
export type ObservedRecord =
  | (FlowRecord & { recordId: string })
  | (PersonalDataRecord & { recordId: string; workload: string })
  | (CoverageRecord & { recordId: string })

export interface WorkloadState {
  workload: Workload
  /** `seen` when its packets are read; otherwise why not: `host-network`, `no-namespace`, `not-permitted`, `starting`, `tap-failed`. */
  coverage: 'seen' | 'starting' | 'host-network' | 'no-namespace' | 'not-permitted' | 'tap-failed'
  detail?: string
  /** From the engine's start event (or first sight) to the first packet that could have been read, in ms. */
  attachedAfterMs?: number
  stoppedAt?: string
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
  workers: { packets: number; bytes: number; dropped: number; busyRatio: number; rssBytes: number }[]
}
