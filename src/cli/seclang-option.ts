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

/**
 * Files of rules at these paths, read and looked at: what of them is left out goes to standard error. Nothing is loaded where
 * there are none.
 *
 * @throws SensorError where one cannot be read.
 */
export async function loadSecLangFiles(paths: readonly string[] = []): Promise<SecLangFile[]> {
  if (paths.length === 0) return []
  const { readSecLangFiles } = await import('../security-as-code/seclang-files.ts')
  const { readRuleSet } = await import('../attacks/seclang/rule-set.ts')
  const files = readSecLangFiles(paths)
  for (const { file, line, kind, message } of readRuleSet(files).problems)
    if (kind === 'refused') process.stderr.write(`warn: ${file}:${line}: ${message}\n`)
  return files
}

/** The same as rules; undefined where there are none. @throws SensorError where one cannot be read. */
export async function loadSecLang(paths: readonly string[] = []): Promise<RuleSet | undefined> {
  const files = await loadSecLangFiles(paths)
  if (files.length === 0) return undefined
  const { readRuleSet } = await import('../attacks/seclang/rule-set.ts')
  return readRuleSet(files)
}
