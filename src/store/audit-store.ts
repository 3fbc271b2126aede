import type { Page, PageQuery, TextQuery, TimeWindow } from './paging.ts'

/** The audit log: it is appended to and read, nothing else. */
export interface AuditStore {
  /** Durable when it resolves. */
  append(event: AuditEvent): Promise<AuditEntry>
  /** Newest first. */
  list(query: AuditQuery): Promise<Page<AuditEntry>>
  /** Those that follow a sequence, oldest first. */
  after(sequence: number, limit: number): Promise<AuditEntry[]>
  /** Goes through at most `limit` entries after a sequence and says whether each follows from the one before it. */
  verify(after: number, limit: number): Promise<AuditVerification>
}

/** Who did what to what, when, and why. Times are milliseconds since 1970. */
export interface AuditEvent {
  at: number
  actor: {
    kind: 'account' | 'token' | 'local' | 'nobody' | 'node' | 'pavise' | 'rule'
    id: string
    name: string
  }
  /** Operation of the API, such as `addAccount`, or what a node or Pavise itself did, such as `joinNode`, or a response rule: `response quarantine`. */
  action: string
  target: string
  outcome: 'done' | 'refused' | 'failed'
  /** As whoever did it says. */
  reason: string | null
  detail: Record<string, unknown> | null
}

export interface AuditEntry extends AuditEvent {
  /** From 1, without gaps. */
  sequence: number
  /** SHA-256 over the hash of the entry before and this entry: who changes one breaks all that follow. */
  hash: string
}

export interface AuditQuery extends PageQuery, TimeWindow, TextQuery {
  actor?: string | undefined
  action?: string | undefined
}

export interface AuditVerification {
  checked: number
  /** Sequence of the last that was looked at: where the next call goes on. */
  last: number
  /** Sequence of the first that does not follow from the one before; null where all do. */
  broken: number | null
}
