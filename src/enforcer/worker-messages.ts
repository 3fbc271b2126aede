import type { MessagePort } from 'node:worker_threads'
import type { KnownConnection } from '../inspect/inline/known-connections.ts'
import type { Microseconds } from '../lib/time.ts'
import type { AutomaticCapture, CaptureOrder, CapturePart } from '../model/captures.ts'
import type { Workload } from '../model/workload.ts'
import type { SensorDefinitions } from '../personal-data/custom/definition.ts'
import type { SecLangFile } from '../attacks/seclang/rule-set.ts'
import type { SignatureFile } from '../attacks/signatures/signature-set.ts'
import type { ThreatSettings } from '../threats/settings.ts'
import type { InspectionDepth, PolicyDefinition } from '../policy/definition.ts'

/** What the main thread tells a worker. */
export type WorkerOrder =
  | { kind: 'attach'; network: number; netnsPath: string; blocks: number; subject: Subject }
  /** The workload that a namespace stands for, or its addresses, have changed. */
  | { kind: 'subject'; network: number; subject: Subject }
  | { kind: 'detach'; network: number }
  | HoldOrder
  | PolicyOrder
  /** What is to be recorded from now on; orders that are not named are over. */
  | { kind: 'captures'; automatic: AutomaticCapture; orders: readonly CaptureOrder[] }
  /** Another worker saw an answer that named an address. */
  | ({ kind: 'named' } & NamedAddress)
  /** Another worker has watched connections whose packets are held from now on. */
  | ({ kind: 'known' } & WatchedConnections)
  /** Asks for texts without the personal data in them; the answer has the same number. */
  | { kind: 'redact'; number: number; texts: readonly string[] }
  | { kind: 'stop' }

export type HoldOrder =
  /** The worker that is named serves the verdict queue of the namespace; the taps of all leave to it what it holds. */
  | {
      kind: 'hold'
      network: number
      netnsPath: string
      failOpen: boolean
      inspection: InspectionDepth
      worker: number
      /** Mark of resets that are sent from within the namespace. */
      ownMark: number
      /** Of decisions about connections; ordered again when another begins. */
      generation: number
    }
  | { kind: 'let-go'; network: number }

/** What workers that serve verdict queues decide by. */
export type PolicyOrder =
  | { kind: 'policy'; definition: PolicyDefinition }
  | { kind: 'workload'; workload: Workload; node: string; isHere: boolean }
  | { kind: 'workload-gone'; id: string }

/** Whose traffic a namespace's is. */
export interface Subject {
  workload: string
  addresses: string[]
}

export interface NamedAddress {
  network: number
  name: string
  /** 4 or 16 bytes. */
  address: Uint8Array
  expires: Microseconds
}

/** Connections of a namespace, as one worker has watched them. */
export interface WatchedConnections {
  network: number
  connections: readonly KnownConnection[]
}

/** What a worker tells the main thread. */
export type WorkerReport =
  /** `at` in ms since 1970: from then on no packet is missed. */
  | { kind: 'attached'; network: number; at: number }
  | { kind: 'attach-failed'; network: number; code: string; detail: string }
  | { kind: 'detached'; network: number }
  /** From `at` on, ms since 1970, the namespace's packets wait for a decision. */
  | { kind: 'held'; network: number; at: number }
  | { kind: 'hold-failed'; network: number; detail: string }
  | { kind: 'records'; batch: RecordBatch }
  /** Those that a namespace's interfaces have now. */
  | { kind: 'addresses'; network: number; addresses: readonly string[] }
  | ({ kind: 'named' } & NamedAddress)
  | ({ kind: 'known' } & WatchedConnections)
  | { kind: 'capture'; part: CapturePart }
  | { kind: 'redacted'; number: number; texts: readonly string[] }
  | { kind: 'status'; status: WorkerStatus }
  | { kind: 'stopped' }

/** A record as it goes over the wire, with what tells it from others. */
export interface RecordText {
  recordId: string
  /** JSON on one line. */
  text: string
}

/** Records one after the other: the bytes of each, as UTF-8, go from where the one before ends to its own end. */
export interface RecordBatch {
  ids: string[]
  ends: number[]
  bytes: Uint8Array<ArrayBuffer>
}

export interface WorkerStatus {
  packets: number
  bytes: number
  flows: number
  /** Share of the last second in which it was at work. */
  busyRatio: number
  /** Heap and buffers of its thread. */
  memoryBytes: number
  /** Records that it held back until there was no more room. */
  lost: number
  /** Records that it holds back now. */
  held: number
  drops: NamespaceDrops[]
  /** Packets that were to wait for a decision and did not, because the queue was full. */
  unheld: NamespaceDrops[]
  /** What the inspection passed over, by reason, cumulative. */
  passedOver: Record<string, number>
}

/** Cumulative since attaching. */
export interface NamespaceDrops {
  network: number
  workload: string
  packets: number
}

export interface WorkerData {
  /** Which of the workers this is, from 0 on. */
  index: number
  /** How many there are. */
  workers: number
  /** The worker's end of the channel. */
  port: MessagePort
  /** eventfd that says that there are orders. */
  wakeupFd: number
  /** Messages of this worker that the main thread has taken: one 32-bit integer, shared. */
  taken: SharedArrayBuffer
  hashKey: Uint8Array
  /** What users bring beside what is built in. */
  sensors: SensorDefinitions
  /** What of the threats is looked for otherwise than their table says. */
  threats: ThreatSettings
  /** Rules in SecLang that requests are held against. */
  secLang: readonly SecLangFile[]
  /** The same in the form of Suricata. */
  signatures: readonly SignatureFile[]
  seed: readonly [number, number]
  /** What ids of flows begin with: unique to this worker of this run. */
  idPrefix: string
  /** Fanout group of the rings; absent where there is one worker only. */
  fanoutGroup: number | undefined
}
