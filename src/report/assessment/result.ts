/** How far something is evidenced. */
export const controlStates = ['met', 'partly', 'not-met', 'not-assessable'] as const
export type ControlState = (typeof controlStates)[number]

/** What a state rests on: an entry of the evidence ledger, or a record of the API. */
export interface EvidenceRef {
  kind:
    | 'ledger-entry'
    | 'finding'
    | 'coverage'
    | 'incident'
    | 'case'
    | 'account'
    | 'workload'
    | 'group'
    | 'policy-version'
    | 'transfer'
    | 'difference'
    | 'exception'
    | 'processor'
    | 'node'
    | 'capture'
    | 'rule'
    | 'setting'
    | 'witness'
  /** Number of the entry, or id of the record. */
  id: string
  /** Milliseconds since 1970. */
  at: number
  what: string
}

export interface ObjectiveResult {
  state: ControlState
  /** In a sentence or two. */
  says: string
  evidence: readonly EvidenceRef[]
  /** It cannot be said of a time that is over, because it is known of the present only. */
  isOfPresent?: true
}
