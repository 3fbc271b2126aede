import type { Incident, ObservedRecord } from '../../src/model/enforcer-messages.ts'
import type { AuditEvent } from '../../src/store/audit-store.ts'
import type { SqlStore } from '../../src/store/sql/sql-store.ts'
import { Random } from '../traffic/random.ts'

/** A week of a cluster of some size: what is stored of it, the same each time. */

export const day = 24 * 60 * 60 * 1000
/** The end of the week. */
export const now = Date.parse('2026-11-20T12:00:00Z')
const week = 7 * day
const workloads = 200
const applications = ['HTTP', 'SSL', 'PostgreSQL', 'DNS', 'Redis', 'unknown'] as const
const identifiers = ['email', 'iban', 'phone', 'payment-card', 'person-name'] as const
/** Of a flow, counted from the newest: what is searched for and is nearly nowhere. */
const rareEvery = 100_003

type Flow = Extract<ObservedRecord, { type: 'flow' }>

const at = (index: number, count: number) => new Date(now - week + (index / count) * week).toISOString()
const id = (kind: string, index: number) => `${kind}-${index.toString(16).padStart(12, '0')}`

/**
 * Who talks with whom: 200 workloads with 20 peers each, mostly by names, and one flow in 20 from a client that is seen once.
 */
export function flowAt(index: number, count: number): Flow {
  const random = new Random(index)
  const workload = Math.min(random.below(workloads), random.below(workloads))
  const peer = random.below(20)
  const application = applications[(workload + peer) % applications.length]
  const isStranger = random.below(20) === 0
  const client = isStranger ? `203.0.${index & 0xff}.${(index >> 8) & 0xff}` : `10.1.${workload}.2`
  const server = `10.2.${workload}.${peer}`
  const isRare = (count - index) % rareEvery === 0 || count - index === 5_000
  const serverName = isRare ? 'rare.partner.example' : `service-${(workload * 7 + peer) % 500}.example.com`
  const time = at(index, count)
  return {
    type: 'flow',
    id: id('flow', index),
    recordId: id('flow', index),
    start: time,
    end: time,
    transport: 'tcp',
    client: { address: client, port: 32_768 + (index % 28_000) },
    server: { address: server, port: application === 'SSL' ? 443 : 8_000 + peer },
    application,
    bytesToServer: 900 + (index % 5_000),
    bytesToClient: 4_000 + (index % 90_000),
    packetsToServer: 6,
    packetsToClient: 9,
    encrypted: application === 'SSL',
    state: 'closed',
    serverName,
    workload: `containerd:${workload}`,
    side: peer % 2 === 0 ? 'client' : 'server',
  }
}

export function findingAt(index: number, flow: Flow): ObservedRecord {
  const random = new Random(index)
  const identifier = identifiers[Math.min(random.below(5), random.below(50), random.below(50))]
  return {
    type: 'personal-data',
    recordId: `${flow.id}/${identifier}`,
    workload: flow.workload ?? '',
    flow: flow.id,
    identifier,
    category: 'contact',
    confidence: 0.99,
    direction: 'to-server',
    field: `http.body $.customer.${identifier}`,
    count: 1,
    distinct: 1,
    masked: 'a***@example.com',
    hash: '8a6f31c20b5d94e7',
    first: flow.end,
    last: flow.end,
  }
}

export function violationAt(index: number, flow: Flow): Incident & ObservedRecord {
  const { client, server, transport, application, workload = '', end } = flow
  return {
    type: 'violation',
    id: id('violation', index),
    recordId: id('violation', index),
    first: end,
    last: end,
    count: 1,
    workload,
    transport,
    client: { ...client, groups: ['containers'] },
    server: { ...server, groups: ['external'] },
    application,
    action: index % 10 === 0 ? 'blocked' : 'reported',
    criterion: 'no-rule',
    reason: 'no rule allows it',
  }
}

export function coverageAt(index: number, flow: Flow): ObservedRecord {
  const { workload = '', end } = flow
  const reason = index % 20 === 0 ? 'tap-failed' : 'ring-full'
  return {
    type: 'coverage',
    recordId: id('gap', index),
    at: end,
    workload,
    reason,
    detail: 'dropped by the kernel',
  }
}

export function auditAt(index: number, count: number): AuditEvent {
  const name = `person-${index % 40}`
  return {
    at: Date.parse(at(index, count)),
    actor: { kind: 'account', id: name, name },
    action: index % 30 === 0 ? 'unmask' : 'listFlows',
    target: `namespace-${index % 12}`,
    outcome: 'done',
    reason: index % 30 === 0 ? `ticket ${index}` : null,
    detail: null,
  }
}

/** Entries of the audit log, each of which is a transaction. */
const mostAudited = 20_000
/** Rows that are written in one transaction. */
const perCommit = 5_000

/** Fills a store with a week that has `count` flows, and a tenth, a hundredth and so on of what goes with them. */
export async function fill(store: SqlStore, count: number): Promise<void> {
  for (let from = 0, sequence = 1; from < count; from += perCommit, sequence++) {
    const records: ObservedRecord[] = []
    for (let i = from; i < Math.min(count, from + perCommit); i++) {
      const flow = flowAt(i, count)
      records.push(flow)
      if (i % 10 === 0) records.push(findingAt(i, flow))
      if (i % 100 === 0) records.push(violationAt(i, flow))
      if (i % 1_000 === 0) records.push(coverageAt(i, flow))
    }
    await store.appendAll([{ enforcer: 'bench', run: 'fill', sequence, records }], now)
  }
  for (let i = 0; i < Math.min(count / 10, mostAudited); i++)
    await store.audit.append(auditAt(i, Math.min(count / 10, mostAudited)))
  await fillEvidence(store, count / 10)
}

async function fillEvidence({ evidence }: SqlStore, count: number): Promise<void> {
  for (let from = 0; from < count; from += perCommit) {
    const entries = Array.from({ length: Math.min(perCommit, count - from) }, (_, i) => ({
      index: from + i,
      at: now - week + from + i,
      kind: i % 1_000 === 0 ? 'policy' : 'findings',
      header: 'h'.repeat(200),
      sealed: 's'.repeat(400),
    }))
    await evidence.append({ entries, tiles: [] })
  }
}
