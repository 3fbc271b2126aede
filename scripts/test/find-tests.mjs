import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { root } from '../set-up/set-up-report.mjs'

/** @param {string} path of a file or folder, from the root @returns {string[]} tests there, from the root, in order */
export function findTests(path) {
  const full = join(root, path)
  const stat = statSync(full, { throwIfNoEntry: false })
  if (stat?.isFile()) return [path]
  if (stat === undefined) return []
  return readdirSync(full, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => relative(root, join(full, name)))
    .toSorted()
}
