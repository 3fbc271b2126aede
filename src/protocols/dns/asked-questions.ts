import type { Name } from './name.ts'
import { limits } from './limits.ts'

export const Answered = { asked: 0, otherQuestion: 1, never: 2 } as const
export type Answered = (typeof Answered)[keyof typeof Answered]

const FIELDS = 3
const NONE = -1

/** What few flows have: more than one question. */
class More {
  /** All but the first: id, hash of the name, 1 when it was answered, by turns. */
  entries: number[] = []
  /** Place of the next to be forgotten, where 0 is the first. */
  turn = 0
  hasForgotten = false
}

const NOTHING_MORE: Readonly<More> = new More()

/**
 * The questions that a flow has asked, the last `limits.askedQuestions` of them. One stays when it was answered: what
 * was sent again is answered again.
 */
export class AskedQuestions {
  /** The first one, which most flows leave it at: its id, `NONE` where there is none, and the hash of its name. */
  #firstId = NONE
  #firstHash = 0
  #isFirstAnswered = false
  #more: More | undefined

  /** Questions went before they were answered: who answers one of them is not accused. */
  get hasForgotten(): boolean {
    return this.#more?.hasForgotten === true
  }

  get isEmpty(): boolean {
    return this.#firstId === NONE
  }

  /** False when it was asked before, with the same id. */
  ask(id: number, name: Name): boolean {
    if (this.#isFirst(id, name.hash) || this.#find(id, name.hash) >= 0) return false
    if (this.#firstId === NONE) {
      this.#beginFirst(id, name.hash)
      return true
    }
    const more = (this.#more ??= new More())
    const { entries } = more
    if (entries.length >= (limits.askedQuestions - 1) * FIELDS) this.#replace(more, id, name.hash)
    // An array that grows has room for 17.
    else if (entries.length === 0) more.entries = [id, name.hash, 0]
    else entries.push(id, name.hash, 0)
    return true
  }

  #beginFirst(id: number, hash: number): void {
    this.#firstId = id
    this.#firstHash = hash
    this.#isFirstAnswered = false
  }

  #replace(more: More, id: number, hash: number): void {
    const { entries } = more
    const at = (more.turn - 1) * FIELDS
    more.turn = (more.turn + 1) % limits.askedQuestions
    if (at < 0) {
      if (!this.#isFirstAnswered) more.hasForgotten = true
      this.#beginFirst(id, hash)
      return
    }
    if (entries[at + 2] === 0) more.hasForgotten = true
    entries[at] = id
    entries[at + 1] = hash
    entries[at + 2] = 0
  }

  /** `name` undefined when the response repeats no question, as some do with an error. */
  answer(id: number, name: Name | undefined): Answered {
    const at = this.#find(id, name?.hash)
    if (at >= 0 && this.#more !== undefined) this.#more.entries[at + 2] = 1
    else if (this.#isFirst(id, name?.hash)) this.#isFirstAnswered = true
    else {
      const isKnown = this.#isFirst(id, undefined) || this.#find(id, undefined) >= 0
      return name !== undefined && isKnown ? Answered.otherQuestion : Answered.never
    }
    return Answered.asked
  }

  #isFirst(id: number, hash: number | undefined): boolean {
    return this.#firstId === id && (hash === undefined || this.#firstHash === hash)
  }

  #find(id: number, hash: number | undefined): number {
    const { entries } = this.#more ?? NOTHING_MORE
    for (let at = entries.length - FIELDS; at >= 0; at -= FIELDS) {
      if (entries[at] === id && (hash === undefined || entries[at + 1] === hash)) return at
    }
    return NONE
  }
}
