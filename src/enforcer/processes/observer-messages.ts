import type { MessagePort } from 'node:worker_threads'
import type { FileChange } from '../../kernel/file-changes.ts'
import type { GateOrder, GuardedContainer, ProgramObservation } from './gate-messages.ts'
import type { Ancestor } from '../../kernel/process-status.ts'

/** A process that did something, looked at before it ended. Arguments are as they were given. */
export interface SeenProcess {
  pid: number
  name: string
  path: string
  arguments: string[]
  /** As the node counts users. */
  uid: number
  ancestors: Ancestor[]
  /** Its engine's id of the container that it is in; undefined where it is in none. */
  container: string | undefined
  mountNamespace: number
}

export interface ObservedChange {
  /** Ms since 1970. */
  at: number
  change: FileChange
  /** Undefined where it had ended. */
  process: SeenProcess | undefined
}

/** What the main thread tells the observing thread. */
export type ObserverOrder =
  | Extract<GateOrder, { kind: 'profile' | 'forget' | 'stop' }>
  /** `isNew`: it began to run while we did. */
  | { kind: 'guard'; container: GuardedContainer; isNew: boolean }

export type ObserverReport =
  | { kind: 'changes'; changes: ObservedChange[]; isWhole: boolean }
  | { kind: 'observed'; observations: ProgramObservation[]; isWhole: boolean }
  | { kind: 'failed'; detail: string }

export interface ObserverData {
  port: MessagePort
  /** There are orders. */
  wakeupFd: number
  /** Descriptor of `FileChanges`. */
  changes: number
}
