import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { npmCommand } from '../npm-command.mjs'
import { runQuietly } from '../quiet-command.mjs'
import { readLockfile } from './lockfile.mjs'
import { excerpt, root, sayWhile, SetUpError } from './set-up-report.mjs'

/** Brings what package-lock.json names, the pinned Node among it, where it is not there already. */
export async function bringNodeModules() {
  const reason = whyToInstall()
  if (reason === undefined) return
  const { command, args } = npmCommand(process.execPath)
  const { ok, output } = await sayWhile(`npm ci, because ${reason}`, () =>
    runQuietly(command, [...args, 'ci', '--loglevel=error'], { cwd: root }),
  )
  if (!ok) throw new SetUpError(`npm ci failed:\n${excerpt(output)}`)
}

/** @returns {string | undefined} undefined where everything is as the lockfile says */
function whyToInstall() {
  // npm writes down what it has installed; a file that is missing there may be of another processor.
  const record = 'node_modules/.package-lock.json'
  if (!existsSync(join(root, record))) return 'node_modules is not there'
  const wanted = readLockfile('package-lock.json')
  const present = readLockfile(record)
  const isRight = (/** @type {string} */ path) =>
    present[path] ? present[path].integrity === wanted[path].integrity : wanted[path].optional === true
  const paths = Object.keys(wanted).filter((path) => path !== '')
  const wrong = paths.find((path) => !isRight(path)) ?? Object.keys(present).find((path) => !wanted[path])
  return wrong && `${wrong} is not as package-lock.json says`
}
