// `npm run bench [-- name…]`: runs bench/<name>.ts, each in a process of its own; all where none is named.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setUp } from './set-up.mjs'
import { root } from './set-up/set-up-report.mjs'

/** A bench exports `run()`. */
const runOne = join(root, 'scripts/bench/run-one.mjs')

const known = readdirSync(join(root, 'bench'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -3))
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  process.exit(2)
}

const node = await setUp([])
for (const name of asked.length > 0 ? asked : known) {
  console.log(`\n${name}`)
  const args = ['--expose-gc', runOne, join(root, 'bench', `${name}.ts`)]
  const { status } = spawnSync(node, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
