import type { SqlStore } from '../sql/sql-store.ts'
import type { StoreErrorCode } from '../store-error.ts'

/** Parts of the store that have methods of their own. */
export type ThreadPart = 'accounts' | 'audit' | 'evidence' | 'cases' | 'privacy' | 'nodes'

/** What may be asked of the store's thread: the methods of the store that runs there. */
export type ThreadMethod = Exclude<keyof SqlStore, symbol | ThreadPart>

/** What a thread is started with. */
export interface ThreadData {
  path: string
  isReadOnly: boolean
}

export interface ThreadRequest {
  id: number
  /** Whose method it is; null for the store itself. */
  part: ThreadPart | null
  method: string
  parameters: unknown[]
}

/** An error as it crosses threads: `cause` and class are lost on the way, code and next step must not be. */
export interface ThreadError {
  code: StoreErrorCode | null
  message: string
  nextStep: string | undefined
}

/** The answer to a request; the first one, to id 0, says that the store is open. */
export type ThreadResponse = { id: number; result: unknown } | { id: number; error: ThreadError }
