import type { AttackContext } from './attack.ts'
import type { HeaderView, ValueRole } from './detector.ts'
import { RequestScore } from './request-score.ts'
import { judgeText } from './value-judge.ts'

/** For tests: the rules that a value is found guilty of, heaviest first. */
export function rulesOf(
  text: string,
  context: AttackContext = 'query',
  { role = 'value', field = '' }: { role?: ValueRole; field?: string } = {},
): string[] {
  const score = new RequestScore(4)
  judgeText(text, { context, role, field }, score)
  return score.reasons().map(({ rule }) => rule)
}

/** For tests: whether a value alone is an attack at the strictness that everyone has. */
export function isAttack(text: string, context: AttackContext = 'query'): boolean {
  const score = new RequestScore(1)
  judgeText(text, { context, role: 'value', field: '' }, score)
  return score.isAttack
}

/** Headers of a request, names in lower case. */
export function headersOf(...headers: readonly (readonly [name: string, value: string])[]): HeaderView {
  return {
    includes: (name, part) =>
      headers.some(([is, value]) => is === name && value.toLowerCase().includes(part)),
  }
}
