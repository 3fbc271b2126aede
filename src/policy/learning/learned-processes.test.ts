import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProcessRecord } from '../../model/records.ts'
import { composePolicy, defaultSettings } from '../composition.ts'
import { emptyPolicy } from '../definition.ts'
import { learningLimits } from '../limits.ts'
import { LearnedProcesses } from './learned-processes.ts'

const group = 'nv.api.clinic'

function record(path: string, change: Partial<ProcessRecord> = {}): ProcessRecord {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return {
    type: 'process',
    id: 'p1',
    first: '2026-11-20T09:30:00.000Z',
    last: '2026-11-20T09:31:00.000Z',
    count: 1,
    workload: 'docker:api',
    event: 'exec',
    process: { pid: 1, name, path, arguments: [name], user: { id: 0 }, ancestors: [] },
    origin: 'image',
    action: 'learned',
    reason: 'not-listed',
    ...change,
  }
}

const rules = (learned: LearnedProcesses) =>
  learned.groups.flatMap(({ profile }) =>
    (profile?.processes ?? []).map(({ action, name, path }) => `${action} ${name} ${path}`),
  )

test('a program is one rule, however often it was run', () => {
  const learned = new LearnedProcesses()
  assert.equal(learned.add(group, record('/usr/bin/node'), 1), true)
  assert.equal(learned.add(group, record('/usr/bin/node', { last: '2026-11-20T10:00:00.000Z' }), 4), false)
  assert.deepEqual(rules(learned), ['allow node /usr/bin/node'])
  const [{ flows, last }] = learned.of(group)
  assert.deepEqual([flows, last], [5, Date.parse('2026-11-20T10:00:00.000Z')])
})

test('once it is allowed by its rule it still counts; what others allow is not learned', () => {
  const learned = new LearnedProcesses()
  learned.add(group, record('/usr/bin/node'), 1)
  const allowed = { action: 'allowed', reason: 'rule' } as const
  learned.add(group, record('/usr/bin/node', allowed), 2)
  learned.add(group, record('/usr/bin/sh', allowed), 2)
  assert.deepEqual(rules(learned), ['allow node /usr/bin/node'])
  assert.equal(learned.of(group)[0].flows, 3)
})

const notLearned: [why: string, record: ProcessRecord][] = [
  ['what is reported', record('/bin/nc', { action: 'reported', reason: 'suspicious' })],
  ['what is blocked', record('/bin/nc', { action: 'blocked', reason: 'rule' })],
  ['a path in which a rule would read anything', record('/opt/*/run')],
  ['a path that is none', record('memfd:x')],
  ['a path that no terminal should print', record('/tmp/\u001b[2J')],
]
for (const [why, each] of notLearned) {
  test(`not learned: ${why}`, () => {
    const learned = new LearnedProcesses()
    assert.equal(learned.add(group, each, 1), false)
    assert.deepEqual(learned.groups, [])
  })
}

test('there is an end to what is learned of one group, and it is counted', () => {
  const learned = new LearnedProcesses()
  for (let i = 0; i < learningLimits.processesPerGroup + 3; i++)
    learned.add(group, record(`/tmp/build-${i}`), 1)
  assert.equal(learned.of(group).length, learningLimits.processesPerGroup)
  assert.equal(learned.refused, 3)
})

test('what was learned is kept, taken up again, and taken out', () => {
  const learned = new LearnedProcesses()
  learned.add(group, record('/usr/bin/node'), 1)
  const { saved } = learned.takeDirty()
  assert.deepEqual(learned.takeDirty(), { saved: [], removed: [] })
  const again = new LearnedProcesses(saved)
  assert.deepEqual(again.groups, learned.groups)
  assert.equal(again.remove(saved[0].id), true)
  assert.equal(again.remove(saved[0].id), false)
  assert.deepEqual(again.takeDirty(), { saved: [], removed: [saved[0].id] })
  assert.deepEqual(again.groups, [])
})

test('in a policy they stand behind what is declared, and not beside the same', () => {
  const learned = new LearnedProcesses()
  for (const path of ['/usr/bin/node', '/usr/bin/sh']) learned.add(group, record(path), 1)
  const own = [
    { action: 'deny' as const, name: 'nc', path: '' },
    { action: 'allow' as const, name: 'sh', path: '/usr/bin/sh' },
  ]
  const declared = {
    name: group,
    criteria: [],
    profile: { baseline: 'zero-drift' as const, processes: own, files: [] },
  }
  const { groups } = composePolicy({
    declared: { ...emptyPolicy, groups: [declared] },
    modes: {},
    settings: defaultSettings,
    learned: { groups: learned.groups, rules: [] },
  })
  const { profile } = groups[0]
  assert.equal(profile?.baseline, 'zero-drift')
  assert.deepEqual(
    profile.processes.map(({ name, tier }) => [name, tier]),
    [
      ['nc', undefined],
      ['sh', undefined],
      ['node', 'learned'],
    ],
  )
})
