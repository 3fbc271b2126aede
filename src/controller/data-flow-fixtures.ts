import type { WorkloadState } from '../model/enforcer-messages.ts'
import type { Category } from '../model/records.ts'
import type { DataFlow, Party } from './data-flow.ts'

/** Samples for tests of what is made of data flows. */

export const workload = (name: string): Party => ({ kind: 'workload', id: name, name })
export const server = (name: string): Party => ({ kind: 'server', id: name, name })
export const outside: Party = { kind: 'outside', id: 'outside', name: 'outside' }

export function sampleDataFlow(client: Party, to: Party, change: Partial<DataFlow> = {}): DataFlow {
  return {
    ...{ key: `${client.id} ${to.id} ${change.application}`, client, server: to, application: 'HTTP' },
    ...{ encrypted: false, flows: 1, bytesToServer: 10, bytesToClient: 20, first: 1, last: 2 },
    ...{ dataSubjects: 0, carried: [], ...change },
  }
}

export function carried(category: Category, count = 1): DataFlow['carried'] {
  const finding = {
    identifier: `${category}-id`,
    category,
    direction: 'to-server' as const,
    count,
    distinct: 1,
  }
  return [{ ...finding, masked: '***', field: 'f', last: 1 }]
}

export function running(
  name: string,
  namespace: string,
  coverage: WorkloadState['coverage'] = 'seen',
): WorkloadState {
  const workload = {
    ...{ id: name, runtime: 'docker' as const, name, image: null, labels: {}, service: name, namespace },
    ...{ pid: 1, netns: 1, netnsPath: null, hostNetwork: false, addresses: [], startedAt: '' },
  }
  return { workload, coverage }
}
