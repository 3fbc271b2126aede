import { readRuleSet } from '../../attacks/seclang/rule-set.ts'
import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { readSecLangFiles } from '../../security-as-code/seclang-files.ts'

/** Exits with 1 where a directive is left out. @throws SensorError where a file cannot be read. */
export function checkSecLang(paths: readonly string[], json: boolean): ExitCode {
  const { count, engine, problems } = readRuleSet(readSecLangFiles(paths))
  const refused = problems.filter(({ kind }) => kind === 'refused').length
  if (json) process.stdout.write(`${toJsonText({ rules: count, engine, problems })}\n`)
  else {
    for (const { file, line, kind, message } of problems)
      process.stdout.write(
        `${file}:${line}: ${kind === 'refused' ? 'left out' : 'works otherwise'}: ${message}\n`,
      )
    const rest = problems.length - refused
    process.stdout.write(
      `Rules: ${count}. Directives that are left out: ${refused}; that work otherwise: ${rest}.\n`,
    )
    if (engine !== 'on')
      process.stdout.write(
        `SecRuleEngine is ${engine}: requests are ${engine === 'off' ? 'not judged' : 'judged'}.\n`,
      )
  }
  return refused > 0 ? ExitCode.findings : ExitCode.clean
}
