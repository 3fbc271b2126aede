// `npm run deps -- <npm's arguments>`: npm on the pinned Node, so that it picks versions for that one.
// Example: npm run deps -- install --save-dev knip
import { runInOurPlace } from '../bin/node-runtime.mjs'
import { npmCommand } from './npm-command.mjs'
import { setUp } from './set-up.mjs'

const { command, args } = npmCommand(await setUp([]))
runInOurPlace(command, [...args, ...process.argv.slice(2)])
