/** What of a rule set is not done as it says, or cannot be. */
export interface SecLangProblem {
  file: string
  /** From 1. */
  line: number
  /** `refused`: the directive is left out. `differs`: it works, in another way than it says. */
  kind: 'refused' | 'differs'
  message: string
}

/** A directive that cannot be used. Thrown while rules are read, and told of as a problem. */
export class SecLangError extends Error {
  override readonly name = 'SecLangError'
}
