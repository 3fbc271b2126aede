import { readSignatureSet, type SignatureProblem } from '../../attacks/signatures/signature-set.ts'
import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { readSignatureFiles } from '../../security-as-code/signature-files.ts'
import { printable } from '../terminal/text.ts'

/** Exits with 1 where a rule is left out. @throws SensorError where a file cannot be read. */
export function checkRules(paths: readonly string[], json: boolean): ExitCode {
  const { count, alwaysAsked, problems } = readSignatureSet(readSignatureFiles(paths))
  if (json) process.stdout.write(`${toJsonText({ rules: count, alwaysAsked, problems })}\n`)
  else {
    for (const { file, line, message } of problems)
      process.stdout.write(`${printable(`${file}:${line}: left out: ${message}`)}\n`)
    for (const [message, number] of reasons(problems))
      process.stdout.write(`${number}: ${printable(message)}\n`)
    process.stdout.write(
      `Rules: ${count}, of which ${alwaysAsked} have no word to be found by and are asked each time. ` +
        `Left out: ${problems.length}.\n`,
    )
  }
  return problems.length > 0 ? ExitCode.findings : ExitCode.clean
}

/** How many are left out for the same reason, most first. */
function reasons(problems: readonly SignatureProblem[]): (readonly [message: string, number: number])[] {
  return [...Map.groupBy(problems, ({ message }) => message)]
    .map(([message, all]) => [message, all.length] as const)
    .filter(([, number]) => number > 1)
    .toSorted(([, a], [, b]) => b - a)
}
