import { ExitCode, PaviseError } from '../../lib/errors.ts'
import type { FileProblem } from '../../security-as-code/policy/policy-object.ts'

export type PolicyChangeErrorCode =
  /** Something in it is wrong: nothing of it was taken. */
  | 'POLICY_INVALID'
  /** Somebody else was faster. */
  | 'POLICY_CHANGED'
  | 'POLICY_NO_VERSION'
  | 'POLICY_NO_GROUP'
  | 'POLICY_NO_WORKLOAD'
  | 'POLICY_NO_RULE'
  | 'POLICY_TOO_LARGE'

/** A change of the policy that was refused; what was there before holds. */
export class PolicyChangeError extends PaviseError<PolicyChangeErrorCode> {
  /** Of `POLICY_INVALID`: all that is wrong. */
  readonly problems: readonly FileProblem[]

  constructor(
    code: PolicyChangeErrorCode,
    message: string,
    nextStep: string,
    problems: readonly FileProblem[] = [],
  ) {
    super(code, message, { exitCode: ExitCode.usage, nextStep })
    this.problems = problems
  }
}
