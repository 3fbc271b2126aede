// `npm run score:attacks [-- FILE.jsonl…]`: how many labelled attacks `pavise detect` flags, by class, and how many harmless values and
// requests. Labelled files are found in PAVISE_CORPORA, or in ../shared/corpora beside the repository; prose about attacks is in the tests.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setUp } from './set-up.mjs'
import { root } from './set-up/set-up-report.mjs'

const folder = join(process.env.PAVISE_CORPORA ?? resolve(root, '../shared/corpora'), 'attacks')
const asked = process.argv.slice(2)
if (asked.length === 0 && !existsSync(folder)) {
  console.error(
    `There are no labelled values in ${folder}: set PAVISE_CORPORA to the folder that holds attacks/.`,
  )
  process.exit(2)
}
const files =
  asked.length > 0
    ? asked
    : readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => join(folder, name))
const node = await setUp([])
const { status } = spawnSync(node, [join(root, 'scripts/attacks-report.ts'), ...files], { stdio: 'inherit' })
process.exitCode = status ?? 1
