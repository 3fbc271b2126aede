import type { ObservedRecord, WorkloadState } from '../src/model/enforcer-messages.ts'
import type { Workload } from '../src/model/workload.ts'

/** Well-formed records for tests: name what the test is about, the rest is the same clinic every time. */

type Observed<Type extends ObservedRecord['type']> = Extract<ObservedRecord, { type: Type }>

const start = Date.parse('2026-11-20T09:30:00.000Z')

/** A time on the day of the samples, in seconds after 09:30. */
export function at(seconds: number): string {
  return new Date(start + seconds * 1000).toISOString()
}

export function sampleFlow(change: Partial<Observed<'flow'>> = {}): Observed<'flow'> {
  const id = change.id ?? 'flow-1'
  return {
    type: 'flow',
    id,
    recordId: id,
    start: at(0),
    end: at(1),
    transport: 'tcp',
    client: { address: '10.1.0.2', port: 40_000 },
    server: { address: '10.1.0.3', port: 80 },
    application: 'HTTP',
    bytesToServer: 900,
    bytesToClient: 4_000,
    packetsToServer: 6,
    packetsToClient: 5,
    encrypted: false,
    state: 'established',
    workload: 'docker:web',
    side: 'client',
    ...change,
  }
}

export function sampleFinding(change: Partial<Observed<'personal-data'>> = {}): Observed<'personal-data'> {
  const { flow = 'flow-1', identifier = 'iban', direction = 'to-server', field = 'http.body $.iban' } = change
  return {
    type: 'personal-data',
    recordId: `${flow}/${direction}/${identifier}/${field}`,
    workload: 'docker:web',
    flow,
    identifier,
    category: 'financial',
    confidence: 0.99,
    direction,
    field,
    count: 1,
    distinct: 1,
    masked: 'DE89 **** **** **** **30 00',
    hash: '8a6f31c20b5d94e7',
    first: at(1),
    last: at(1),
    ...change,
  }
}

export function sampleViolation(change: Partial<Observed<'violation'>> = {}): Observed<'violation'> {
  const id = change.id ?? 'violation-1'
  return {
    type: 'violation',
    id,
    recordId: id,
    first: at(1),
    last: at(1),
    count: 1,
    workload: 'docker:web',
    transport: 'tcp',
    client: { address: '10.1.0.2', port: 40_000, groups: ['containers', 'nv.web.clinic'] },
    server: { address: '192.0.2.10', port: 23, groups: ['external'] },
    application: 'unknown',
    action: 'reported',
    criterion: 'no-rule',
    reason: 'no rule allows it',
    ...change,
  }
}

export function sampleThreat(change: Partial<Observed<'threat'>> = {}): Observed<'threat'> {
  const id = change.id ?? 'threat-1'
  return {
    type: 'threat',
    id,
    recordId: id,
    first: at(1),
    last: at(1),
    count: 3,
    threat: 1_001,
    name: 'syn-flood',
    severity: 'critical',
    technique: 'T1499.001',
    stage: 'actions-on-objectives',
    workload: 'docker:web',
    transport: 'tcp',
    source: { address: '198.51.100.7', port: 40_000 },
    target: { address: '10.1.0.2', port: 80 },
    measured: { unit: 'packets', value: 5_000, threshold: 1_000, seconds: 1 },
    confidence: 0.9,
    action: 'reported',
    reason: '5000 SYN packets in a second, none of them acknowledged',
    ...change,
  }
}

export function sampleAttack(change: Partial<Observed<'attack'>> = {}): Observed<'attack'> {
  const id = change.id ?? 'attack-1'
  return {
    type: 'attack',
    id,
    recordId: id,
    first: at(1),
    last: at(1),
    count: 2,
    flow: 'flow-1',
    workload: 'docker:web',
    client: { address: '198.51.100.7', port: 40_000 },
    server: { address: '10.1.0.2', port: 80 },
    application: 'HTTP',
    class: 'sql-injection',
    score: 5,
    level: 1,
    place: 'query',
    field: 'sort',
    request: { method: 'GET', path: '/items/*' },
    masked: "****' or *=*",
    reasons: [
      {
        class: 'sql-injection',
        rule: 'sql.tautology',
        weight: 5,
        what: 'a condition that does not depend on what is stored',
      },
    ],
    action: 'reported',
    ...change,
  }
}

export function sampleProcess(change: Partial<Observed<'process'>> = {}): Observed<'process'> {
  const id = change.id ?? 'process-1'
  return {
    type: 'process',
    id,
    recordId: id,
    first: at(1),
    last: at(2),
    count: 1,
    workload: 'docker:web',
    event: 'exec',
    process: {
      pid: 100,
      name: 'nginx',
      path: '/usr/sbin/nginx',
      arguments: ['nginx'],
      user: { id: 0, name: 'root' },
      ancestors: [],
    },
    origin: 'image',
    action: 'allowed',
    reason: 'image',
    ...change,
  }
}

export function sampleCoverage(change: Partial<Observed<'coverage'>> = {}): Observed<'coverage'> {
  return {
    type: 'coverage',
    recordId: 'coverage-1',
    at: at(2),
    reason: 'ring-full',
    detail: '12 packets were dropped by the kernel',
    packets: 12,
    ...change,
  }
}

export function sampleWorkload(change: Partial<Workload> = {}): Workload {
  return {
    id: 'docker:web',
    runtime: 'docker',
    name: 'web-1',
    image: 'registry.example/clinic/web:1',
    labels: {},
    service: 'web',
    namespace: 'clinic',
    pid: 4711,
    netns: 4026532001,
    netnsPath: '/proc/4711/ns/net',
    hostNetwork: false,
    addresses: ['10.1.0.2'],
    startedAt: at(-60),
    ...change,
  }
}

export function sampleState(
  workload: Partial<Workload> = {},
  change: Partial<Omit<WorkloadState, 'workload'>> = {},
): WorkloadState {
  return { workload: sampleWorkload(workload), coverage: 'seen', ...change }
}
