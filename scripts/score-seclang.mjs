// `npm run score:seclang -- FOLDER`: how many of the Core Rule Set's own regression tests come out as they say. FOLDER is a checkout
// of it, or its source from Debian (`apt-get source modsecurity-crs`).
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setUp } from './set-up.mjs'
import { root } from './set-up/set-up-report.mjs'

const [folder] = process.argv.slice(2)
if (folder === undefined) {
  console.error('Name the folder of the Core Rule Set: npm run score:seclang -- coreruleset/')
  process.exit(2)
}
const node = await setUp([])
const { status } = spawnSync(node, [join(root, 'scripts/seclang-report.ts'), folder], { stdio: 'inherit' })
process.exitCode = status ?? 1
