// `npm run check`: types, lint, format, unused code and the import rules over everything; exit code 1 where one fails.
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runQuietly } from './quiet-command.mjs'
import { setUp } from './set-up.mjs'
import { root } from './set-up/set-up-report.mjs'

/** @type {[name: string, program: string, ...args: string[]][]} */
const checks = [
  ['types', 'node_modules/.bin/tsc', '-p', '.', '--pretty', 'false'],
  ['types of the console', 'node_modules/.bin/tsc', '-p', 'console', '--pretty', 'false'],
  ['lint', 'node_modules/.bin/oxlint', '--type-aware', '--deny-warnings', '--format=unix'],
  ['format', 'node_modules/.bin/oxfmt', '--check'],
  ['unused', 'node_modules/.bin/knip', '--no-progress'],
  ['imports', 'scripts/import-rules.mjs'],
]

/**
 * Runs every check, whatever another says, and says what each found.
 *
 * @param {string} node path of the pinned Node
 * @returns {Promise<boolean>} whether all is well
 */
export async function check(node) {
  const env = { ...process.env, NO_COLOR: '1' }
  const runs = checks.map(async ([name, program, ...args]) => {
    const { ok, output, seconds } = await runQuietly(node, [join(root, program), ...args], { cwd: root, env })
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)${ok ? '' : `\n${output}\n`}`)
    return ok
  })
  return (await Promise.all(runs)).every(Boolean)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.exitCode = (await check(await setUp([]))) ? 0 : 1
}
