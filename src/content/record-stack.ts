import { limits } from './limits.ts'

/**
 * Which records enclose a position: objects, rows or elements, numbered in the order in which they begin, so that of two
 * values it can be told whether they stand in the same.
 */
export class RecordStack {
  readonly #numbers = new Int32Array(limits.depth)
  #depth = 0
  #last = 0

  /** Leaves all levels; numbers go on. */
  clear(): void {
    this.#depth = 0
  }

  /** A level begins. One that is no record, as a list, belongs to the record around it. */
  push(isRecord = true): void {
    const around = this.at(this.#depth)
    if (isRecord) this.#last++
    if (this.#depth < limits.depth) this.#numbers[this.#depth] = isRecord ? this.#last : around
    this.#depth++
  }

  pop(): void {
    if (this.#depth > 0) this.#depth--
  }

  /** Number of the record on the level `depth`, counted from 1; 0 where there is none, or where it is too deep to be kept. */
  at(depth: number): number {
    return depth <= 0 || depth > limits.depth ? 0 : this.#numbers[depth - 1]
  }

  /** Number of the innermost record. */
  get innermost(): number {
    return this.at(this.#depth)
  }

  /** Whether the position still lies in a record. */
  has(record: number): boolean {
    const kept = Math.min(this.#depth, limits.depth)
    for (let level = 0; level < kept; level++) if (this.#numbers[level] === record) return true
    return false
  }
}
