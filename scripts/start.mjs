// `npm start [-- arguments]`: `pavise` with these arguments on a fresh clone; its help without any.
import { fileURLToPath } from 'node:url'
import { runInOurPlace } from '../bin/node-runtime.mjs'
import { setUp } from './set-up.mjs'

const args = process.argv.slice(2)
const demo = args.find((arg) => arg === '--demo' || arg.startsWith('--demo='))
const node = await setUp([
  'start',
  ...(demo === undefined ? [] : [/** @type {const} */ ('demo')]),
  ...(demo === '--demo=docker' ? [/** @type {const} */ ('demo-docker')] : []),
])
runInOurPlace(node, [
  fileURLToPath(new URL('../bin/pavise.mjs', import.meta.url)),
  ...(args.length > 0 ? args : ['--help']),
])
