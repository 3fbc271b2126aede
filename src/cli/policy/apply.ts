import { ExitCode } from '../../lib/errors.ts'
import { toJsonText } from '../../lib/json-text.ts'
import { LocalApi } from '../local-api.ts'
import { styleFor } from '../terminal/style.ts'
import { changeLines, countText } from './change-lines.ts'
import { byOf, print, type RunningFlags } from '../running.ts'
import { type ChangeAnswer, type ChangingFlags, isConfirmed, tellWarnings, textsOf } from './running.ts'

export interface ApplyFlags extends ChangingFlags {
  only: boolean
}

const changesPath = '/api/v1/policy/changes'

/**
 * Takes files of rules in. What changes is shown before; it is refused where the policy has changed since.
 *
 * @throws LocalApiError, PolicyError
 */
export async function applyPolicy(paths: readonly string[], flags: ApplyFlags): Promise<ExitCode> {
  const api = new LocalApi(flags.stateDir)
  const asked = { files: textsOf(paths), only: flags.only }
  const trial = await api.send<ChangeAnswer>('POST', changesPath, { ...asked, dryRun: true })
  tellWarnings(trial)
  return change(trial, flags, () =>
    api.send<ChangeAnswer>('POST', changesPath, { ...asked, base: trial.version, ...byOf(flags) }),
  )
}

/** @returns 1 where something would change. @throws LocalApiError, PolicyError */
export async function diffPolicy(
  paths: readonly string[],
  { stateDir, json, only }: RunningFlags & { only: boolean },
): Promise<ExitCode> {
  const api = new LocalApi(stateDir)
  const trial = await api.send<ChangeAnswer>('POST', changesPath, {
    files: textsOf(paths),
    only,
    dryRun: true,
  })
  tellWarnings(trial)
  await showChanges(trial, json)
  return trial.changes.length > 0 ? ExitCode.findings : ExitCode.clean
}

/** Brings back the policy before the last change, or that of a version. @throws LocalApiError */
export async function undoPolicy(version: number | undefined, flags: ChangingFlags): Promise<ExitCode> {
  const api = new LocalApi(flags.stateDir)
  const to = version === undefined ? {} : { to: version }
  const path = '/api/v1/policy/undo'
  const trial = await api.send<ChangeAnswer>('POST', path, { ...to, dryRun: true })
  return change(trial, flags, () => api.send<ChangeAnswer>('POST', path, { ...to, ...byOf(flags) }))
}

async function change(
  trial: ChangeAnswer,
  flags: ChangingFlags,
  make: () => Promise<ChangeAnswer>,
): Promise<ExitCode> {
  const { json, dryRun } = flags
  const isOver = dryRun || trial.changes.length === 0
  if (isOver || !json) await showChanges(trial, json)
  if (isOver) return ExitCode.clean
  if (!(await isConfirmed(`Make these changes (${countText(trial.changes)})?`, flags))) {
    process.stderr.write('Nothing was changed.\n')
    return ExitCode.clean
  }
  const made = await make()
  await print(
    json ? [toJsonText(made)] : [`Version ${made.version} holds. pavise policy undo takes it back.`],
  )
  return ExitCode.clean
}

async function showChanges(answer: ChangeAnswer, json: boolean): Promise<void> {
  const style = styleFor(process.stdout.isTTY, process.env)
  const lines = answer.changes.length === 0 ? ['Nothing changes.'] : changeLines(answer.changes, style)
  await print(json ? [toJsonText(answer)] : lines)
}
