import type { ValueRole } from '../detector.ts'

/** Receives the values of a content, where they lie. The bytes are only valid during the call. */
export interface ValueSink {
  /** `name` is that of the field, as it was sent. */
  value(role: ValueRole, name: string, bytes: Uint8Array, start: number, end: number): void
}
