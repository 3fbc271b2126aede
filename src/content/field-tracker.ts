/**
 * Follows the structure of a content as it streams by, so that any position in it can be given the name of the field
 * it stands in. Never fails: what does not follow the format reads as fewer or coarser names.
 */
export interface FieldTracker {
  /** Begins a new content. */
  reset(): void
  /** Reads on; the cut between two calls may fall anywhere. */
  read(bytes: Uint8Array, start: number, end: number): void
  /** Name of the field at the position reached, `''` where there is none. Allocates: only for what is reported. */
  field(): string
  /** Number of the innermost record around the position reached, an object or a row; 0 for none. Absent: it knows of none. */
  record?(): number
  /** Whether the position reached still lies in a record. */
  isInRecord?(record: number): boolean
}

/** Takes the whole values of the fields that it asks for. */
export interface ValueSink {
  /** Whether whole values of a field are wanted. */
  isTelling(field: string): boolean
  /**
   * A value, without what quotes it, in `bytes[start, end)`; only valid during the call. In the content it stands at positions
   * `from` to `to`.
   */
  value(field: string, bytes: Uint8Array, start: number, end: number, from: number, to: number): void
}

/**
 * Tracker of a format that names its fields apart from their values, as a table does in its first record: what is the whole
 * value of which field, only the tracker can tell.
 */
export interface ValueTracker extends FieldTracker {
  /** Told of values as they end, from the next content on. */
  values: ValueSink | undefined
  /** The content has ended, and with it its last value. */
  end(): void
}

export function isValueTracker(tracker: FieldTracker): tracker is ValueTracker {
  return 'values' in tracker
}

/** Text has no fields: what stands near a value is all there is. */
export const noFields: FieldTracker = { reset() {}, read() {}, field: () => '' }
