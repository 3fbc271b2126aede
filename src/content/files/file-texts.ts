import type { Budget } from './budget.ts'

/** Takes the texts of a file, each under the name of the place or field that it stands in. */
export interface TextSink {
  text(field: string, bytes: Uint8Array): void
}

/** Hands on what a reader finds, as UTF-8 and as much as one file may have. */
export class FileTexts {
  readonly budget: Budget
  readonly #sink: TextSink

  constructor(sink: TextSink, budget: Budget) {
    this.#sink = sink
    this.budget = budget
  }

  add(field: string, text: string): void {
    const value = text.trim()
    if (value !== '') this.addBytes(field, Buffer.from(value))
  }

  addBytes(field: string, bytes: Uint8Array): void {
    if (bytes.length > 0 && this.budget.text(bytes.length)) this.#sink.text(field, bytes)
  }
}
