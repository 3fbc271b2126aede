#!/usr/bin/env node
// Finds a Node that can run the sources and hands over to it. Plain JavaScript that Node 16 still reads, because the
// Node that starts it may be the system's.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `engines.node` of package.json: the first line that strips types, has `node:sqlite` and is a long-term release. */
const OLDEST = [24, 11]
const CANNOT_RUN = 4
/** Signals that are asked of us and meant for the program. SIGKILL cannot be caught; the child sees its stdin end. */
const SIGNALS = /** @type {const} */ ([
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
  'SIGQUIT',
  'SIGUSR1',
  'SIGUSR2',
  'SIGWINCH',
])

/** @param {string} version as in `process.versions.node` */
function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number)
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])
}

/** The Node that is pinned in package.json and comes with `npm ci`. */
function findPinnedNode() {
  const path = fileURLToPath(
    new URL(`../node_modules/node-${process.platform}-${process.arch}/bin/node`, import.meta.url),
  )
  return existsSync(path) ? path : undefined
}

/**
 * Compiled code is kept between runs: 0.1 s instead of 0.35 s to start. Root's goes where only root writes: with sudo
 * the home folder may be another user's, who could put code there.
 */
function keepCompiledCode() {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME = '' } = process.env
  const cache = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache')
  const folder =
    NODE_COMPILE_CACHE ?? join(process.geteuid?.() === 0 ? '/var/cache' : cache, 'pavise', 'code')
  module.enableCompileCache?.(folder)
  process.env.NODE_COMPILE_CACHE = folder // for worker threads and the enforcer
}

/** @param {string} node path of the executable that runs this file again */
function handOver(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => fail(`cannot run ${node}: ${error.message}`))
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal) // ends us the same way, so that a shell sees what happened
  })
}

/** @param {string} what */
function fail(what) {
  process.stderr.write(
    `NODE_TOO_OLD: ${what}\nRun npm ci in the folder of Pavise, which brings the right one.\n`,
  )
  process.exitCode = CANNOT_RUN
}

if (isNewEnough(process.versions.node)) {
  keepCompiledCode()
  const { main } = await import('../src/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  const node = findPinnedNode()
  if (node) handOver(node)
  else fail(`Pavise needs Node ${OLDEST.join('.')} or newer, this is ${process.versions.node}.`)
}
