import { limits } from '../limits.ts'
import { callFacts, SqlFact } from './facts.ts'
import type { SqlLexer } from './lexer.ts'
import {
  callKinds,
  catalogueNames,
  clauseFillers,
  clauseWords,
  type StatementVerb,
  statementVerbs,
} from './words.ts'

/**
 * Reads statements other than SELECT, from their verb on: anything but prose may follow, and what has to come for the verb to
 * be a statement's.
 */
export class StatementReader {
  /** It begins with a word that sentences begin with, too. */
  isCommon = false
  /** What its verb asks for has come. */
  isWhole = false
  #verb: StatementVerb | undefined
  #unknownWords = 0
  readonly #lexer: SqlLexer

  constructor(lexer: SqlLexer) {
    this.#lexer = lexer
  }

  reset(): void {
    this.isCommon = this.isWhole = false
    this.#verb = undefined
    this.#unknownWords = 0
  }

  /** The lexer is at the verb. False where what follows at once is not what the verb asks for. */
  begin(verb: StatementVerb): boolean {
    const isBlock = this.#lexer.text === 'if' && this.#lexer.isBefore('(')
    if (verb.next.length > 0) {
      this.#lexer.next()
      if (!verb.next.includes(this.#lexer.text)) return false
    }
    this.#verb = verb
    this.#unknownWords = 0
    this.isCommon = verb.isCommon && !isBlock
    this.isWhole = verb.later.length === 0
    return true
  }

  /** A block of PL/SQL in the place of a value. */
  beginBlock(): void {
    this.#verb = undefined
    this.isWhole = true
  }

  /** Bits of `SqlFact` that the token at hand tells; -1 where it is none of a statement. */
  read(): number {
    const { kind, text } = this.#lexer
    if (kind !== 'word') {
      this.#unknownWords = 0
      if (kind === 'variable') this.isCommon = false
      return kind === 'other' ? -1 : 0
    }
    if (this.#verb?.later.includes(text) === true) this.isWhole = true
    const call = callKinds.get(text)
    const isKnown =
      call !== undefined || statementVerbs.has(text) || clauseWords.has(text) || clauseFillers.has(text)
    this.#unknownWords = isKnown ? 0 : this.#unknownWords + 1
    if (this.#unknownWords > limits.sqlUnknownWords) return -1
    const facts = catalogueNames.has(text) ? SqlFact.catalogue : 0
    if (call === undefined || (call !== 'command' && !this.#lexer.isBefore('('))) return facts
    return facts | callFacts[call]
  }
}
