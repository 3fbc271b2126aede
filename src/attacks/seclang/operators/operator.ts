/** What an operator asks of the transaction at hand. */
export interface OperatorScope {
  /** Takes macros out of an argument: `%{tx.a}`. */
  expand: (text: string) => string
  /** Keeps what was found as `TX.0`, and its groups behind it. */
  capture: (groups: readonly string[]) => void
  /** Whether `capture` keeps anything. */
  captures: () => boolean
}

/** Whether a value is what the rule looks for. Never throws, takes a time that is bounded by the value's length. */
export type Operator = (value: string, scope: OperatorScope) => boolean

/** What a rule set brings beside its rules. */
export interface OperatorSource {
  /** A file that stands beside the rule's. @throws SecLangError where it is not there */
  readData: (name: string) => string
  /** The rule works in another way than it says. */
  differs: (message: string) => void
}

/** Makes an operator of its argument. @throws SecLangError where it cannot be */
export type OperatorFactory = (argument: string, source: OperatorSource) => Operator
