import type { ValueRole } from '../detector.ts'
import type { FieldName } from './field-name.ts'

/** Receives the values of a content, where they lie. Bytes and name are only valid during the call. */
export interface ValueSink {
  value(role: ValueRole, name: FieldName, bytes: Uint8Array, start: number, end: number): void
}
