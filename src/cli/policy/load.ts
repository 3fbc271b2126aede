import { ExitCode, PaviseError } from '../../lib/errors.ts'
import type { PolicyDefinition } from '../../policy/definition.ts'
import { readPolicy, type ReadPolicy } from '../../security-as-code/policy/read-policy.ts'
import type { FileProblem } from '../../security-as-code/policy/policy-object.ts'
import { SensorError } from '../../security-as-code/sensor-error.ts'
import { readSensorFiles } from '../../security-as-code/sensor-files.ts'
import { printable } from '../terminal/text.ts'

type PolicyErrorCode = 'POLICY_UNREADABLE' | 'POLICY_INVALID' | 'POLICY_QUESTION_INVALID'

/** Rules, or what is asked of them, cannot be as they are written. */
export class PolicyError extends PaviseError<PolicyErrorCode> {
  constructor(code: PolicyErrorCode, message: string, nextStep: string, cause?: unknown) {
    super(code, message, { exitCode: ExitCode.usage, nextStep, cause })
  }
}

/** What files of rules say, right or wrong. @throws PolicyError where one cannot be read. */
export function readPolicyFiles(paths: readonly string[]): ReadPolicy {
  try {
    return readPolicy(readSensorFiles(paths))
  } catch (error) {
    if (!(error instanceof SensorError)) throw error
    throw new PolicyError('POLICY_UNREADABLE', error.message, error.nextStep ?? '', error)
  }
}

/**
 * Rules of files that have to be right; warnings go to standard error.
 *
 * @throws PolicyError with the first thing that is wrong.
 */
export function loadPolicy(paths: readonly string[]): PolicyDefinition {
  const { definition, problems } = readPolicyFiles(paths)
  const errors = problems.filter(({ severity }) => severity === 'error')
  for (const problem of problems) {
    if (problem.severity === 'warning') process.stderr.write(`warn: ${problemText(problem)}\n`)
  }
  if (errors.length === 0) return definition
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more: pavise policy check tells them)`
  throw new PolicyError('POLICY_INVALID', `${problemText(errors[0])}${more}`, errors[0].nextStep)
}

/** `file.yaml:12 (document 2): NvSecurityRule nv.api.clinic: what is wrong`. */
export function problemText({ place, document, subject, problem }: FileProblem): string {
  const where = document === null || document === 1 ? place : `${place} (document ${document})`
  return printable(
    subject === '' || place.startsWith(`${subject}:`)
      ? `${where}: ${problem}`
      : `${where}: ${subject}: ${problem}`,
  )
}
