import type { AttackContext, AttackRule } from '../attack.ts'

/** What a literal says where it is found. */
export interface Telling {
  readonly rule: AttackRule
  /** What is reported in its place where people talk; nothing if undefined. `rule` itself for what nobody writes in a sentence. */
  readonly inProse?: AttackRule | undefined
  /** No letter, digit or `_` may stand before it. */
  readonly edge?: boolean
  /** None may stand behind it either. */
  readonly endEdge?: boolean
  /** It has to begin the value, behind blanks and quotes. */
  readonly begins?: boolean
  /** A call: its argument has to begin as a string or a variable does, and it may be no member or part of another name. */
  readonly isCallWithText?: boolean
  /** It has to end the value. */
  readonly finishes?: boolean
  /** Contexts in which it tells something; all if undefined. */
  readonly contexts?: readonly AttackContext[]
  /** In a body only in a value that is no text: longer ones are programs, logs and settings. */
  readonly shortInBody?: boolean
  /** The header that it has to stand in. */
  readonly field?: string
}

export type TellingLiteral = readonly [literal: string, telling: Telling]

/** Where neither texts nor settings belong. */
export const outsideOfBodies = ['query', 'header', 'cookie', 'path'] as const

/** The same telling for each of the literals, which stand apart from one another by line breaks. */
export function each(literals: string, telling: Telling): TellingLiteral[] {
  return literals
    .split('\n')
    .map((line) => line.trimStart())
    .filter((line) => line !== '')
    .map((literal) => [literal, telling])
}
