import { setTimeout as pause } from 'node:timers/promises'
import { at, sampleFinding, sampleFlow, sampleState } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'

/**
 * An enforcer for tests of `pavise up`: speaks the real protocol over the real socket, sees a made-up clinic. What it
 * does otherwise is in PAVISE_TEST_ENFORCER: `crash` ends at once, `stubborn` does not end when it is told to.
 */
const socketPath = process.argv[process.argv.indexOf('--socket') + 1]
const behaviour = process.env.PAVISE_TEST_ENFORCER

process.stderr.write(`up with \u001b[31mbehaviour\u001b[0m ${behaviour ?? 'usual'}\n`)
if (behaviour === 'crash') process.exit(7)

// The end of its standard input is the sign that its parent is gone.
process.stdin.on('end', () => process.exit(0)).resume()
if (behaviour === 'stubborn') process.on('SIGTERM', () => undefined)

const client = await EnforcerClient.join(socketPath, { run: `run-${process.pid}` })
void client.closed.then(() => process.exit(0))
const host = sampleState({ id: 'docker:legacy', name: 'legacy' }, { coverage: 'host-network' })
const web = sampleState({ name: 'web' })
const api = sampleState({ id: 'docker:api', name: 'api', service: 'api', addresses: ['10.1.0.3'], netns: 7 })
client.send({ kind: 'workloads', complete: true, workloads: [web, api, host] })

for (let sequence = 1; ; sequence++) {
  const id = `${process.pid}-${sequence}`
  client.batch(sequence, [
    sampleFlow({ id, end: at(sequence) }),
    sampleFinding({ flow: id, last: at(sequence) }),
  ])
  await client.acknowledged(sequence)
  await pause(20)
}
