import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { FileProblem } from '../../security-as-code/policy/policy-object.ts'
import type { ReadPolicy } from '../../security-as-code/policy/read-policy.ts'
import { LineOutput } from '../terminal/line-output.ts'
import { type Style, styleFor } from '../terminal/style.ts'
import { problemText, readPolicyFiles } from './load.ts'

export interface CheckFlags {
  json: boolean
}

/** @returns 1 where something is wrong; warnings alone are none. */
export async function checkPolicy(files: readonly string[], { json }: CheckFlags): Promise<ExitCode> {
  const read = readPolicyFiles(files)
  const output = new LineOutput(process.stdout)
  const lines = json
    ? read.problems.map((problem) => toJsonText({ type: 'policy-problem', ...problem }))
    : peopleLines(read, styleFor(process.stdout.isTTY, process.env))
  for (const line of lines) output.line(line)
  await output.end()
  return read.problems.some(({ severity }) => severity === 'error') ? ExitCode.findings : ExitCode.clean
}

function peopleLines({ definition, problems }: ReadPolicy, style: Style): string[] {
  const { groups, rules, processors } = definition
  const count = (severity: FileProblem['severity']) =>
    problems.filter((problem) => problem.severity === severity).length
  const errors = count('error')
  const found = `${rules.length} rules, ${groups.length} groups, ${processors.length} processors`
  const judged = `${errors} errors, ${count('warning')} warnings`
  return [
    ...problems.flatMap((problem) => problemLines(problem, style)),
    `${found}: ${errors === 0 ? style.good(judged) : style.alarm(judged)}`,
  ]
}

function problemLines(problem: FileProblem, style: Style): string[] {
  const emphasis = problem.severity === 'error' ? style.alarm : style.warn
  return [`${emphasis(problem.severity)} ${problemText(problem)}`, `  ${problem.nextStep}`]
}
