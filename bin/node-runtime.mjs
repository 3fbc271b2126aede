// Which Node runs Pavise, and running a program in our place. Plain JavaScript that Node 16 reads.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** `engines.node` of package.json: the first long-term line that strips types and has `node:sqlite`. */
const OLDEST = [24, 11]

/** Signals that are sent to us and meant for the program that runs in our place. */
const FORWARDED = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'])

export const oldestNode = OLDEST.join('.')

/** @param {string} version as in `process.versions.node` */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/**
 * The Node that is pinned in package.json and comes with `npm ci`, else the running one where that is new enough.
 *
 * @returns {string | undefined} path of the executable
 */
export function findNode() {
  const folder = `../node_modules/node-${process.platform}-${process.arch}`
  const pinned = fileURLToPath(new URL(`${folder}/bin/node`, import.meta.url))
  if (existsSync(pinned)) return pinned
  return isNewEnough(process.versions.node) ? process.execPath : undefined
}

/**
 * Runs a program on our terminal and ends the way it ended, by the same exit code or the same signal. Meanwhile signals
 * go to it; one that is sent to the whole process group reaches it twice.
 *
 * @param {string} command path of the executable
 * @param {string[]} args
 */
export function runInOurPlace(command, args) {
  const child = spawn(command, args, { stdio: 'inherit' })
  for (const signal of FORWARDED) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 4
  })
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 0)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
