import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAddress } from '../../lib/ip.ts'
import { silentLog } from '../../lib/log.ts'
import { sampleState, sampleWorkload } from '../../../test/records.ts'
import { EnforcedPolicy } from './enforced-policy.ts'
import { RemotePeers } from './remote-peers.ts'

const labels = { 'io.kubernetes.pod.name': 'x' }
const peer = (name: string, address: string) => ({
  node: 'node-2',
  workload: sampleWorkload({ id: `containerd:${name}`, name, service: name, addresses: [address], labels }),
})
const message = (peers: ReturnType<typeof peer>[], gone: string[] = [], complete = false) =>
  ({ kind: 'peers', peers, gone, complete }) as const

test('pods of other nodes are those that were told of last, over a restart as well', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-peers-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const [a, b, c] = [peer('a', '10.2.0.1'), peer('b', '10.2.0.2'), peer('c', '10.2.0.3')]
  const peers = new RemotePeers(folder, silentLog)
  assert.deepEqual(peers.receive(message([a, b], [], true)), { peers: [a, b], gone: [] })
  assert.deepEqual(peers.receive(message([], ['containerd:a', 'containerd:unknown'])), {
    peers: [],
    gone: [a],
  })
  peers.close()
  const again = new RemotePeers(folder, silentLog)
  assert.deepEqual(again.all, [b])
  assert.deepEqual(again.receive(message([c], [], true)), { peers: [c], gone: [b] })
  again.close()
})

test('who has an address is one of the groups of a pod of another node, unless somebody here has it', () => {
  const policy = new EnforcedPolicy({ node: 'node-1', folder: undefined, log: silentLog })
  const db = peer('db', '10.2.0.1')
  const at = () => policy.live.peerAt('10.2.0.1', parseAddress('10.2.0.1'))
  const groups = () => policy.live.policy.groupsOfPeer(at())
  assert.ok(groups().includes('external'))
  policy.peersChanged({ peers: [db], gone: [] })
  assert.equal(at(), policy.live.peerOfWorkload('containerd:db'))
  policy.workload(sampleState({ id: 'docker:own', addresses: ['10.2.0.1'] }))
  assert.equal(at(), policy.live.peerOfWorkload('docker:own'))
  policy.peersChanged({ peers: [], gone: [db] })
  assert.equal(policy.live.workload('containerd:db'), undefined)
})
