import type { MessagePort } from 'node:worker_threads'
import type { FileChange } from '../../kernel/file-changes.ts'
import type { Ancestor } from '../../kernel/process-status.ts'

/** A process that did something, as far as it could be looked at before it ended. Arguments are as they were given. */
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
}

export interface ObservedChange {
  /** Ms since 1970. */
  at: number
  change: FileChange
  /** Undefined where it had ended. */
  process: SeenProcess | undefined
}

export type ObserverReport =
  | { kind: 'changes'; changes: ObservedChange[]; isWhole: boolean }
  | { kind: 'failed'; detail: string }

export interface ObserverData {
  port: MessagePort
  /** Ends the thread. */
  wakeupFd: number
  /** Descriptor of `FileChanges`. */
  changes: number
}
