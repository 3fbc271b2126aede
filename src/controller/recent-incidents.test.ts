import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Incident } from '../model/enforcer-messages.ts'
import { RecentIncidents } from './recent-incidents.ts'

function program(id: string, change: Partial<Extract<Incident, { type: 'process' }>> = {}): Incident {
  return {
    ...{ type: 'process', id, recordId: id, first: '', last: '', count: 1, workload: 'docker:1' },
    process: { pid: 7, name: id, path: `/bin/${id}`, arguments: [], user: { id: 0 }, ancestors: [] },
    ...{ event: 'exec', origin: 'image', action: 'blocked', reason: 'rule' },
    ...change,
  }
}

test('the last ones are kept as they are now, without what is usual', () => {
  const recent = new RecentIncidents(2)
  recent.add(program('a'), 'shop')
  recent.add(program('usual', { action: 'learned' }), 'shop')
  recent.add(program('b', { action: 'allowed', suspicion: { kind: 'netcat', severity: 'high' } }), undefined)
  recent.add(program('a', { count: 5 }), 'shop')
  const told = () =>
    recent.list().map(({ incident, workload }) => `${workload} ${incident.id} ${incident.count}`)
  assert.deepEqual(told(), ['docker:1 b 1', 'shop a 5'])
  recent.add(program('c'), 'shop')
  assert.deepEqual(told(), ['shop a 5', 'shop c 1'])
})
