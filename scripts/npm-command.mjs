import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'

/**
 * npm, run by a Node of our choice: npm picks versions by the Node that it runs on.
 *
 * @param {string} node path of the executable
 * @returns {{ command: string, args: string[] }} to which npm's own arguments are added
 */
export function npmCommand(node) {
  const program = process.env.npm_execpath ?? findNpm() // npm sets it for what it runs
  return program?.endsWith('.js') ? { command: node, args: [program] } : { command: 'npm', args: [] }
}

function findNpm() {
  const paths = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'npm'))
  const path = paths.find((each) => existsSync(each))
  return path && realpathSync(path)
}
