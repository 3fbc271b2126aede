import { PaviseError } from '../../src/lib/errors.ts'
import { runUp } from '../../src/cli/up/run.ts'
import { noSensors } from '../../src/personal-data/custom/definition.ts'
import { defaultRetention } from '../../src/store/limits.ts'

/** `pavise up` with the enforcer of the tests. Arguments: state folder, port, `json`, `quiet`. */
const [stateDir, port, ...modes] = process.argv.slice(2)
const enforcer = new URL('./up-enforcer.ts', import.meta.url).pathname

try {
  process.exitCode = await runUp({
    stateDir,
    ...(process.env.PAVISE_STORE !== undefined && { store: process.env.PAVISE_STORE }),
    port: Number(port),
    tls: 'own',
    oidc: null,
    notify: { channels: [], casePersons: null },
    witnesses: { authorities: [], authorityMs: 1, files: [], webhooks: [], buckets: [] },
    sensors: noSensors,
    startedWith: [],
    retention: defaultRetention,
    captures: 'off',
    json: modes.includes('json'),
    quiet: modes.includes('quiet'),
    version: '0.0.0',
    enforcer: { command: process.execPath, args: [enforcer, 'enforcer'] },
  })
} catch (error) {
  if (!(error instanceof PaviseError)) throw error
  process.stderr.write(`${error.code}: ${error.message} ${error.nextStep}\n`)
  process.exitCode = 4
}
