import type { ObservedRecord } from '../../model/enforcer-messages.ts'

/** A record, and where to say how much of it was new. */
export interface Arrival<Record extends ObservedRecord = ObservedRecord> {
  record: Record
  growth: number
}

export type ArrivalOf<Type extends ObservedRecord['type']> = Arrival<Extract<ObservedRecord, { type: Type }>>
