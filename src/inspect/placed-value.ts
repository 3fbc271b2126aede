interface Run {
  bytes: Uint8Array
  /** Where it stands in the document. */
  at: number
  isInPlace: boolean
}

/** A value of a document that comes in runs, and where each of its bytes stands in the document. */
export class PlacedValue {
  readonly #document: Uint8Array
  readonly #runs: Run[] = []
  /** Behind the last run that stands where it lies. */
  #at = 0
  /** Of the value that was taken last: position of each byte, and of what follows it. */
  origins = new Uint32Array(0)

  constructor(document: Uint8Array) {
    this.#document = document
  }

  /** A run that lies elsewhere, as a number that is written out, stands behind the one before it. */
  add(run: Uint8Array, start: number, end: number): void {
    const isInPlace = run === this.#document
    const at = isInPlace ? start : this.#at
    if (isInPlace) this.#at = end
    if (start < end) this.#runs.push({ bytes: run.slice(start, end), at, isInPlace })
  }

  /** The value; the next begins. */
  take(): Uint8Array {
    const runs = this.#runs
    const value = runs.length === 1 ? runs[0].bytes : Buffer.concat(runs.map(({ bytes }) => bytes))
    this.origins = new Uint32Array(value.length + 1).fill(this.#at)
    let index = 0
    for (const { bytes, at, isInPlace } of runs)
      for (let i = 0; i < bytes.length; i++) this.origins[index++] = isInPlace ? at + i : at
    runs.length = 0
    return value
  }
}
