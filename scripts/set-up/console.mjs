import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { runQuietly } from '../quiet-command.mjs'
import { excerpt, root, say, sayWhile } from './set-up-report.mjs'

/** What the console is made of. */
const sources = ['console/src', 'console/index.html', 'console/vite.config.ts', 'console/package.json']
const shared = ['src/api/contract', 'src/model', 'package-lock.json']
const record = join(root, 'console/dist/.built-from')

/**
 * Builds the console where it is not what its sources say. What cannot be built is said; everything but the console works
 * without.
 *
 * @param {string} node path of the pinned Node
 */
export async function buildConsole(node) {
  const digest = digestOf([...sources, ...shared])
  if (existsSync(record) && readFileSync(record, 'utf8') === digest) return
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { ok, output } = await sayWhile('building the console', () =>
    runQuietly(node, [vite, 'build', 'console', '--logLevel', 'warn'], { cwd: root }),
  )
  if (ok) writeFileSync(record, digest)
  else say(`the console could not be built:\n${excerpt(output)}`)
}

/** @param {string[]} paths of files and folders, from the root @returns {string} SHA-256, in hexadecimal */
function digestOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesIn)) hash.update(`${path}\0`).update(readFileSync(join(root, path)))
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} itself, or the files in it, in order */
function filesIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path]
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .toSorted()
}
