import type { ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { Category } from '../../src/model/records.ts'
import { EnforcerClient } from '../controller/enforcer-client.ts'
import type { RunningApi } from '../controller/api-fixture.ts'
import { eventually } from '../controller/fixture.ts'
import { sampleCoverage, sampleFinding, sampleFlow, sampleState, sampleViolation } from '../records.ts'

/** What traffic might name to have a browser run it. */
export const hostile = '"><img src=x onerror="window.broken=1"><script>window.broken=1</script>\u202e'

interface Seen {
  id: string
  from: string
  to: string
  application: string
  encrypted?: boolean
  carries?: [identifier: string, category: Category, field: string][]
}

const addresses: Record<string, string> = {
  web: '10.1.0.2',
  api: '10.1.0.3',
  db: '10.1.0.4',
  lab: '10.2.0.2',
}

/** A small clinic: a front, an interface, a database, a laboratory of another namespace, and two servers outside. */
const traffic: Seen[] = [
  {
    id: 'a',
    from: 'web',
    to: 'api',
    application: 'HTTP',
    carries: [['iban', 'financial', 'http.body $.iban']],
  },
  {
    ...{ id: 'b', from: 'api', to: 'db', application: 'PostgreSQL' },
    carries: [
      ['diagnosis', 'health', 'sql.column diagnosis'],
      ['email', 'contact', 'sql.column mail'],
    ],
  },
  { id: 'c', from: 'api', to: 'lab', application: 'SSL', encrypted: true },
  {
    id: 'd',
    from: 'api',
    to: 'partner.example',
    application: 'HTTP',
    carries: [['email', 'contact', 'http.form mail']],
  },
  { id: 'e', from: 'web', to: 'cdn.example', application: 'SSL', encrypted: true },
  {
    id: 'f',
    from: 'api',
    to: hostile,
    application: 'HTTP',
    carries: [['phone', 'contact', `http.header ${hostile}`]],
  },
]

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()

/** Lets an enforcer tell of it, just now; resolves when all of it is stored. */
export async function openClinic({ socketPath, store }: RunningApi): Promise<EnforcerClient> {
  const client = await EnforcerClient.join(socketPath)
  const running = Object.entries(addresses).map(([name, address]) =>
    sampleState({
      ...{ id: `docker:${name}`, name, service: name, addresses: [address] },
      namespace: name === 'lab' ? 'laboratory' : 'clinic',
    }),
  )
  const host = sampleState(
    { id: 'docker:legacy', name: 'legacy', namespace: 'clinic', addresses: [] },
    { coverage: 'host-network', detail: 'it shares the node’s network' },
  )
  client.send({ kind: 'workloads', complete: true, workloads: [...running, host] })
  await eventually(
    async () => (await store.workloads({ limit: 9 })).items.length === 5,
    'the workloads are stored',
  )
  const gap = sampleCoverage({ at: secondsAgo(5), workload: 'docker:web', detail: 'the ring was full' })
  const violation = sampleViolation({ workload: 'docker:api', first: secondsAgo(9), last: secondsAgo(8) })
  client.batch(1, [...traffic.flatMap(recordsOf), gap, violation])
  await client.acknowledged(1)
  return client
}

function recordsOf({ id, from, to, application, encrypted = false, carries = [] }: Seen): ObservedRecord[] {
  const known = addresses[to]
  const seen = { start: secondsAgo(20), end: secondsAgo(4), workload: `docker:${from}` }
  const flow = sampleFlow({
    ...{ id, application, encrypted, ...seen },
    client: { address: addresses[from], port: 40_000 },
    server: { address: known ?? `192.0.2.${id.charCodeAt(0)}`, port: 443 },
    ...(known === undefined && { serverName: to }),
  })
  const findings = carries.map(([identifier, category, field]) =>
    sampleFinding({
      ...{ flow: id, identifier, category, field, workload: seen.workload },
      ...{ count: 12, distinct: 7, first: seen.start, last: seen.end },
    }),
  )
  return [flow, ...findings]
}
