// `npm run deps -- <npm's arguments>`: npm on the pinned Node, so that it picks versions for that one.
// Example: npm run deps -- install --save-dev knip
import { spawnSync } from 'node:child_process'
import { npmCommand } from './npm-command.mjs'
import { setUp } from './set-up.mjs'
import { completeLockfile } from './set-up/lockfile.mjs'
import { root } from './set-up/set-up-report.mjs'

const { command, args } = npmCommand(await setUp([]))
const { status } = spawnSync(command, [...args, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
completeLockfile()
process.exitCode = status ?? 1
