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
}

/** Text has no fields: what stands near a value is all there is. */
export const noFields: FieldTracker = { reset() {}, read() {}, field: () => '' }
