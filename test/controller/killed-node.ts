import { IdentityFile } from '../../src/enforcer/uplink/node-identity.ts'
import { sampleFlow } from '../records.ts'
import { EnforcerClient } from './enforcer-client.ts'
import { connectAs } from './joined-node.ts'

/**
 * A node in a process of its own, which sends flows until it is killed and tells its parent how many are acknowledged. Arguments: the
 * folder of its identity, the port of the controller.
 */
const [folder, port] = [process.argv[2], Number(process.argv[3])]
const identity = new IdentityFile(folder).load()
if (identity === undefined) throw new Error(`${folder} holds no identity.`)
const client = await EnforcerClient.join(() => connectAs({ host: '127.0.0.1', port }, identity), {
  enforcer: identity.name,
  run: 'killed',
})
for (let sequence = 1; ; sequence++) {
  client.batch(sequence, [sampleFlow({ id: `killed-${sequence}` })])
  await client.acknowledged(sequence)
  process.send?.(sequence)
}
