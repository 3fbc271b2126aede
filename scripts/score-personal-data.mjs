// `npm run score:personal-data [-- FILE.jsonl…]`: precision, recall and F1 of `pavise detect` on labelled documents, with the
// corpora's own script. They are found in PAVISE_CORPORA, or in ../shared/corpora beside the repository.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setUp } from './set-up.mjs'
import { root } from './set-up/set-up-report.mjs'

const corpora = process.env.PAVISE_CORPORA ?? resolve(root, '../shared/corpora')
const script = join(corpora, 'personal-data', 'score.mjs')
if (!existsSync(script)) {
  console.error(
    `There are no labelled documents in ${corpora}: set PAVISE_CORPORA to the folder that holds personal-data/.`,
  )
  process.exit(2)
}
const node = await setUp([])
const pavise = `${node} ${join(root, 'bin', 'pavise.mjs')}`
const { status } = spawnSync(node, [script, '--pavise', pavise, ...process.argv.slice(2)], {
  stdio: 'inherit',
})
process.exitCode = status ?? 1
