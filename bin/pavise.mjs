#!/usr/bin/env node
// Runs src/main.ts, on a newer Node than the one that started it where need be. Plain JavaScript that Node 16 reads.
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode, isNewEnough, oldestNode, runInOurPlace } from './node-runtime.mjs'

/**
 * Compiled code is kept between runs: 0.1 s to start instead of 0.35 s. Root's goes where only root writes: with sudo the
 * home folder may be another user's, who could put code there.
 */
function keepCompiledCode() {
  const { NODE_COMPILE_CACHE, XDG_CACHE_HOME = '' } = process.env
  const cache = isAbsolute(XDG_CACHE_HOME) ? XDG_CACHE_HOME : join(homedir(), '.cache')
  const folder =
    NODE_COMPILE_CACHE ?? join(process.geteuid?.() === 0 ? '/var/cache' : cache, 'pavise', 'code')
  module.enableCompileCache?.(folder)
  process.env.NODE_COMPILE_CACHE = folder // for worker threads and the enforcer
}

async function run() {
  if (isNewEnough(process.versions.node)) {
    keepCompiledCode()
    const { main } = await import('../src/main.ts')
    process.exitCode = await main(process.argv.slice(2))
    return
  }
  const node = findNode()
  if (node) return runInOurPlace(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)])
  process.stderr.write(
    `NODE_TOO_OLD: Pavise needs Node ${oldestNode} or newer, this is ${process.versions.node}.\n`,
  )
  process.stderr.write('Run npm ci in the folder of Pavise, which brings the right one.\n')
  process.exitCode = 4
}

await run()
