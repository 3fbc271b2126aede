/**
 * What is to be done with a connection. `learn` and `report` let it pass; `await-application` does until its application is
 * known, then it is asked again; `check-requirements` lets it pass as long as `Policy.explain` or `checkRequirements` of the
 * deciding rule finds nothing unmet.
 */
export const effects = [
  'pass',
  'learn',
  'report',
  'block',
  'await-application',
  'check-requirements',
] as const
export type Effect = (typeof effects)[number]

/** An effect and the rank of the rule that decided, as one integer, so that a verdict allocates nothing. */
export type Verdict = number

const SHIFT = 8
const codes = Object.fromEntries(effects.map((effect, i) => [effect, i])) as Readonly<Record<Effect, number>>

export function makeVerdict(effect: Effect, rank: number): Verdict {
  return (rank + 1) * SHIFT + codes[effect]
}

export function effectOf(verdict: Verdict): Effect {
  return effects[verdict % SHIFT]
}

/** Rank of the rule that decided; -1 where none did. */
export function rankOf(verdict: Verdict): number {
  return Math.floor(verdict / SHIFT) - 1
}
