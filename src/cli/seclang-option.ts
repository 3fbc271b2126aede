import { Option } from 'commander'
import type { RuleSet, SecLangFile } from '../attacks/seclang/rule-set.ts'

/** `--seclang`, as often as there are paths. */
export function secLangOption(): Option {
  return new Option(
    '--seclang <path>',
    'file or folder with rules in SecLang, such as the OWASP Core Rule Set, that requests are held against; may be given again',
  )
    .env('PAVISE_SECLANG')
    .argParser((path: string, before: readonly string[] | undefined) => [...(before ?? []), path])
}

interface LoadedRules {
  files: SecLangFile[]
  /** Undefined where there are none. */
  rules: RuleSet | undefined
}

/**
 * Rules at these paths; what of them is left out goes to standard error. Nothing is loaded where there are none.
 *
 * @throws SensorError where one cannot be read.
 */
export async function loadSecLang(paths: readonly string[] = []): Promise<LoadedRules> {
  if (paths.length === 0) return { files: [], rules: undefined }
  const { readSecLangFiles } = await import('../security-as-code/seclang-files.ts')
  const { readRuleSet } = await import('../attacks/seclang/rule-set.ts')
  const files = readSecLangFiles(paths)
  const rules = readRuleSet(files)
  for (const { file, line, kind, message } of rules.problems)
    if (kind === 'refused') process.stderr.write(`warn: ${file}:${line}: ${message}\n`)
  return { files, rules }
}
