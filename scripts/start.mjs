// `npm start [-- arguments]`: `pavise` with these arguments on a fresh clone; its help without any.
import { fileURLToPath } from 'node:url'
import { runInOurPlace } from '../bin/node-runtime.mjs'
import { setUp } from './set-up.mjs'

const args = process.argv.slice(2)
const launcher = fileURLToPath(new URL('../bin/pavise.mjs', import.meta.url))
runInOurPlace(await setUp([]), [launcher, ...(args.length > 0 ? args : ['--help'])])
