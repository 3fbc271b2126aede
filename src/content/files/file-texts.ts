import type { Budget } from './budget.ts'

/** Takes the texts of a file. */
export interface TextSink {
  /**
   * @param place - of the text in the file: `page 3`, `sheet 1`
   * @param field - whose whole value it is: the name of a column or of a form's field; `''` for a text of sentences
   */
  text(place: string, field: string, bytes: Uint8Array): void
}

/** Hands on what a reader finds, as UTF-8 and as much as one file may have. */
export class FileTexts {
  readonly budget: Budget
  readonly #sink: TextSink

  constructor(sink: TextSink, budget: Budget) {
    this.#sink = sink
    this.budget = budget
  }

  add(place: string, text: string, field = ''): void {
    const value = text.trim()
    if (value !== '') this.addBytes(place, Buffer.from(value), field)
  }

  addBytes(place: string, bytes: Uint8Array, field = ''): void {
    if (bytes.length > 0 && this.budget.text(bytes.length)) this.#sink.text(place, field, bytes)
  }
}
