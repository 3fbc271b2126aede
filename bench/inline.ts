import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { EnforcedLab } from '../test/enforcement/enforced-lab.ts'
import { onlyNamespaces } from '../test/enforcer/pavise-up.ts'
import { folderWith } from '../test/support/named-folder.ts'
import { type LabNode, NetworkLab } from '../test/support/network-lab.ts'
import { bulk, connections, requests, roundTrips, servers } from './inline/loads.ts'

/*
 * What protection costs a workload, a server whose clients are not watched: the same load with no Pavise at all, watched (Monitor), held until its connections are known
 * (`inspection: application`) and held to their end (`content`). Load, enforcer, controller and store share the machine's cores. Takes
 * root and a minute.
 */

const MS = 2_500

interface Figures {
  bulkBytes: number
  requests: number
  connections: number
  p50: number
  p99: number
}

const ways = ['none', 'watched', 'released', 'inspected', 'none again'] as const
type Way = (typeof ways)[number]

/** All that is done here is allowed. */
const rules = (inspection: 'application' | 'content') => `apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: all}
spec: {from: external, toGroup: nv.server.default}
---
apiVersion: pavise.dev/v1
kind: Protection
metadata: {name: depth}
spec: {groups: [nv.server.default], inspection: ${inspection}}
`

export async function run(): Promise<void> {
  if (process.geteuid?.() !== 0) {
    console.log('skipped: network namespaces take root')
    return
  }
  const cleanUp: (() => unknown)[] = []
  try {
    await measureAll({ after: (work: () => unknown) => void cleanUp.unshift(work) })
  } finally {
    for (const work of cleanUp) await work()
  }
}

type Ending = ConstructorParameters<typeof NetworkLab>[0]

async function measureAll(t: Ending): Promise<void> {
  const lab = new NetworkLab(t)
  const [server, client] = [lab.add('server'), lab.add('client')]
  await lab.start(server, servers)
  console.log(`load of the machine before: ${loadavg()[0].toFixed(2)}`)
  const figures = new Map<Way, Figures>()
  const before = await measure(lab, server, client)
  figures.set('none', before)
  const enforced = await EnforcedLab.start(t, [...onlyNamespaces(folderWith(t, server)), '--workers=2'])
  await enforced.seen('netns:server')
  figures.set('watched', await measure(lab, server, client))
  for (const [way, inspection] of [
    ['released', 'application'],
    ['inspected', 'content'],
  ] as const) {
    await enforced.apply(rules(inspection))
    await enforced.mode('Protect')
    await enforced.protected('netns:server', 'held')
    await delay(500)
    figures.set(way, await measure(lab, server, client))
  }
  await enforced.stop()
  figures.set('none again', await measure(lab, server, client))
  for (const way of ways) print(way, figures.get(way) as Figures, before)
}

async function measure(lab: NetworkLab, server: LabNode, client: LabNode): Promise<Figures> {
  const load = async (script: string) => JSON.parse(await lab.run(client, script)) as unknown
  const { address } = server
  const bulkBytes = (await load(bulk(address, MS))) as number
  const perSecond = (await load(requests(address, MS, 16))) as number
  const opened = (await load(connections(address, MS, 8))) as number
  const { p50, p99 } = (await load(roundTrips(address, MS))) as { p50: number; p99: number }
  return { bulkBytes, requests: perSecond, connections: opened, p50, p99 }
}

function print(way: Way, of: Figures, before: Figures): void {
  const ratio = (key: keyof Figures) => `(${(of[key] / before[key]).toFixed(2)})`
  const parts = [
    `${((of.bulkBytes * 8) / 1e9).toFixed(2)} Gbit/s ${ratio('bulkBytes')}`,
    `${Math.round(of.requests)} requests/s ${ratio('requests')}`,
    `${Math.round(of.connections)} connections/s ${ratio('connections')}`,
    `round trip ${of.p50.toFixed(0)} us, p99 ${of.p99.toFixed(0)} us`,
  ]
  console.log(`${way.padEnd(11)} ${parts.join(', ')}`)
}
