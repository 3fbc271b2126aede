/** Receives the values of a content in runs; the bytes are only valid during the call. */
export interface RunSink {
  /** A run of the value that `name()` of the reader names; `last` when the value ends with it. */
  value(bytes: Uint8Array, start: number, end: number, last: boolean): void
}

/** Bytes of a value that is not whole yet: `bytes[0, length)`. */
export interface HeldValue {
  readonly bytes: Uint8Array
  readonly length: number
}

/**
 * Reads a content whose values cannot be inspected where they lie: what stands next to them is a length or a type that may
 * read as a part of them, or a number is no text. Each value is then a content of its own. Never fails: what does
 * not follow the format is handed on as one value without a name.
 */
export interface ValueReader {
  /** Begins a new content. */
  reset(): void
  /** Reads on; the cut between two calls may fall anywhere. Without a sink only the name is kept up to date. */
  read(bytes: Uint8Array, start: number, end: number, sink?: RunSink): void
  /** The content has ended: what is open is handed on. */
  end(sink?: RunSink): void
  /** Name of the field at the position reached. Allocates. */
  name(): string
  /** What it has read of a value and not handed on. Absent: nothing, ever. */
  readonly held?: HeldValue
  /** As in `FieldTracker`. */
  record?(): number
  isInRecord?(record: number): boolean
}

/** Whether a tracker hands on values. */
export function isValueReader<T extends object>(tracker: T): tracker is T & ValueReader {
  return 'name' in tracker
}

const NOTHING = new Uint8Array(0)

/** Ends a value of which all was handed on. */
export function endValue(sink: RunSink | undefined): void {
  sink?.value(NOTHING, 0, 0, true)
}
