// `npm start [-- arguments]`: `pavise` with these arguments on a fresh clone, and `pavise up` without any. With `--demo` or
// `--demo=docker` a small clinic is opened for it to watch.
import { fileURLToPath } from 'node:url'
import { runInOurPlace } from '../bin/node-runtime.mjs'
import { setUp } from './set-up.mjs'
import { buildConsole } from './set-up/console.mjs'
import { openClinic } from './start/clinic.mjs'

const launcher = fileURLToPath(new URL('../bin/pavise.mjs', import.meta.url))
const demos = /** @type {const} */ ({ '--demo': 'namespaces', '--demo=docker': 'docker' })
const given = process.argv.slice(2)
const demo = demos[/** @type {keyof typeof demos} */ (given.find((arg) => arg in demos))]
const args = given.filter((arg) => !(arg in demos))

if (demo === undefined) {
  const node = await setUp([])
  if (args.length === 0 || args[0] === 'up') await buildConsole(node)
  runInOurPlace(node, [launcher, ...(args.length > 0 ? args : ['up'])])
} else {
  const node = await setUp(demo === 'docker' ? ['demo', 'demo-docker'] : ['demo'])
  await buildConsole(node)
  await openClinic(node, demo, (more) => [launcher, 'up', ...more, ...args.filter((arg) => arg !== 'up')])
}
