// Makes a fresh clone able to run: packages of npm, the pinned Node among them, and of Debian. Plain JavaScript that runs
// on Node 20 with nothing installed. `node scripts/set-up.mjs [tests]`
import { fileURLToPath } from 'node:url'
import { findNode, oldestNode } from '../bin/node-runtime.mjs'
import { bringPackages } from './set-up/debian.mjs'
import { bringNodeModules } from './set-up/node-modules.mjs'
import { packages } from './set-up/packages.mjs'
import { SetUpError } from './set-up/set-up-report.mjs'

/** @typedef {import('./set-up/packages.mjs').Purpose} Purpose */

/**
 * Does what is left to be done, which is mostly nothing.
 *
 * @param {Purpose[]} purposes
 * @returns {Promise<string>} path of the Node to run
 */
export async function setUp(purposes) {
  try {
    await bringNodeModules()
    const node = findNode()
    if (node === undefined)
      throw new SetUpError(
        `There is no Node ${oldestNode} for ${process.platform}-${process.arch}; install one.`,
      )
    await bringPackages(purposes)
    return node
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error
    process.stderr.write(`set-up: ${error.message}\n`)
    return process.exit(4)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const known = /** @type {Purpose[]} */ (Object.keys(packages))
  await setUp(known.filter((purpose) => process.argv.includes(purpose)))
}
