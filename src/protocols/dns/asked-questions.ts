import type { Name } from './name.ts'
import { limits } from './limits.ts'

export const Answered = { asked: 0, otherQuestion: 1, never: 2 } as const
export type Answered = (typeof Answered)[keyof typeof Answered]

const FIELDS = 3
const NO_ENTRIES: number[] = []

/**
 * The questions that a flow has asked, the last `limits.askedQuestions` of them. One stays when it was answered: what
 * was sent again is answered again.
 */
export class AskedQuestions {
  /** Id, hash of the name, 1 when it was answered, by turns. Made anew for the first ones: most flows ask once or twice. */
  #entries = NO_ENTRIES
  #turn = 0
  /** Questions went before they were answered: who answers one of them is not accused. */
  hasForgotten = false

  get isEmpty(): boolean {
    return this.#entries.length === 0
  }

  /** False when it was asked before, with the same id. */
  ask(id: number, name: Name): boolean {
    if (this.#find(id, name.hash) >= 0) return false
    const entries = this.#entries
    if (entries.length < limits.askedQuestions * FIELDS) {
      if (entries.length === 0) this.#entries = [id, name.hash, 0]
      else entries.push(id, name.hash, 0)
      return true
    }
    const at = this.#turn * FIELDS
    if (entries[at + 2] === 0) this.hasForgotten = true
    entries[at] = id
    entries[at + 1] = name.hash
    entries[at + 2] = 0
    this.#turn = (this.#turn + 1) % limits.askedQuestions
    return true
  }

  /** `name` undefined when the response repeats no question, as some do with an error. */
  answer(id: number, name: Name | undefined): Answered {
    const at = this.#find(id, name?.hash)
    if (at >= 0) {
      this.#entries[at + 2] = 1
      return Answered.asked
    }
    return name !== undefined && this.#find(id, undefined) >= 0 ? Answered.otherQuestion : Answered.never
  }

  #find(id: number, hash: number | undefined): number {
    const entries = this.#entries
    for (let at = entries.length - FIELDS; at >= 0; at -= FIELDS) {
      if (entries[at] === id && (hash === undefined || entries[at + 1] === hash)) return at
    }
    return -1
  }
}
