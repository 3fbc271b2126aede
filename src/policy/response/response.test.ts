import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ObservedRecord } from '../../model/enforcer-messages.ts'
import { responseLimits } from '../limits.ts'
import type { ResponseRuleDefinition } from './definition.ts'
import { ResponsePace } from './pace.ts'
import { ResponseRules } from './response-rules.ts'
import { eventOf, type SecurityEvent } from './security-event.ts'

const seen = { first: '2026-11-20T09:30:00.000Z', last: '2026-11-20T09:30:00.000Z', count: 1, id: 'i' }
const actor = { pid: 7, name: 'sh', path: '/bin/sh', arguments: [], user: { id: 0 }, ancestors: [] }
const ends = {
  client: { address: '10.0.0.2', port: 4000, groups: [] },
  server: { address: '10.0.0.3', port: 80, groups: [] },
}

const records: [what: string, record: Partial<ObservedRecord>, name: string | undefined, level?: string][] = [
  [
    'a threat by its own name',
    { type: 'threat', name: 'TCP.SYN.Flood', threat: 1001, severity: 'critical', reason: 'r' },
    'TCP.SYN.Flood',
    'Critical',
  ],
  [
    'what was blocked is graver than what was told of',
    { type: 'violation', ...ends, action: 'blocked', criterion: 'rule', reason: 'r' },
    'Network.Violation',
    'Critical',
  ],
  [
    'a violation that was told of',
    { type: 'violation', ...ends, action: 'reported', criterion: 'rule', reason: 'r' },
    'Network.Violation',
    'Warning',
  ],
  [
    'an attack by its class',
    { type: 'attack', class: 'path-traversal', action: 'reported', place: 'path', field: '', reasons: [] },
    'Attack.path-traversal',
    'Critical',
  ],
  [
    'a program that became root',
    { type: 'process', event: 'became-root', process: actor, action: 'reported', reason: 'suspicious' },
    'Container.Privilege.Escalation',
    'Critical',
  ],
  [
    'a suspicious program, though it may run',
    {
      ...{ type: 'process', event: 'exec', process: actor, action: 'allowed', reason: 'rule' },
      suspicion: { kind: 'nmap', severity: 'medium' },
    },
    'Container.Suspicious.Process',
    'Warning',
  ],
  [
    'a program that nobody listed',
    { type: 'process', event: 'exec', process: actor, action: 'killed', reason: 'not-listed' },
    'Process.Profile.Violation',
    'Critical',
  ],
  [
    'a program that may run is no event',
    { type: 'process', event: 'exec', process: actor, action: 'allowed', reason: 'rule' },
    undefined,
  ],
  [
    'the database of packages is named apart',
    { type: 'file', path: '/var/lib/dpkg/status', operation: 'written', action: 'reported' },
    'Container.Package.Updated',
    'Warning',
  ],
  [
    'a file that was kept closed',
    { type: 'file', path: '/etc/shadow', operation: 'opened', action: 'blocked' },
    'Container.FileAccess.Violation',
    'Critical',
  ],
  [
    'what a sensor of the user finds',
    { type: 'personal-data', identifier: 'sensor.acme/rule.one', direction: 'to-server' },
    'DLP.sensor.acme/rule.one',
    'Warning',
  ],
  [
    'what a recogniser finds is no event',
    { type: 'personal-data', identifier: 'iban', direction: 'to-server' },
    undefined,
  ],
  [
    'an enforcer that is gone',
    { type: 'coverage', reason: 'enforcer-disconnected', detail: 'd' },
    'Enforcer.Disconnect',
    'Error',
  ],
  ['a flow is no event', { type: 'flow' }, undefined],
]

for (const [what, record, name, level] of records) {
  test(`events of records: ${what}`, () => {
    const event = eventOf({ ...seen, recordId: 'r', workload: 'docker:w', ...record } as ObservedRecord)
    assert.equal(event?.names[0], name)
    assert.equal(event?.level, level)
    if (event !== undefined) assert.equal(event.workload, 'docker:w')
  })
}

const rule = (change: Partial<ResponseRuleDefinition>): ResponseRuleDefinition => ({
  ...{ id: 'r', event: 'security-event', groups: [], conditions: [], actions: ['webhook'], webhooks: [] },
  isDisabled: false,
  ...change,
})

const event: SecurityEvent = {
  event: 'security-event',
  names: ['Network.Violation', 'Network.Violation.rule', 'WAF.sensor.shop/rule.one'],
  ...{ level: 'Error' },
  ...{ workload: 'docker:w', program: { pids: [7], name: 'nc', path: '/usr/bin/nc' }, text: '', matter: '' },
}

const matches: [what: string, change: Partial<ResponseRuleDefinition>, isMatch: boolean][] = [
  ['a sensor', { conditions: [{ type: 'name', value: 'WAF.sensor.shop/*' }] }, true],
  ['its own name', { conditions: [{ type: 'name', value: 'network.violation' }] }, true],
  ['one of its names by a wildcard', { conditions: [{ type: 'name', value: '*.rule' }] }, true],
  ['another name', { conditions: [{ type: 'name', value: 'Network' }] }, false],
  ['a level that is less grave', { conditions: [{ type: 'level', value: 'Warning' }] }, true],
  ['its level', { conditions: [{ type: 'level', value: 'error' }] }, true],
  ['a graver level', { conditions: [{ type: 'level', value: 'Critical' }] }, false],
  ['the program by its name', { conditions: [{ type: 'process', value: 'nc' }] }, true],
  ['the program by its path', { conditions: [{ type: 'process', value: '/usr/bin/*' }] }, true],
  ['another program', { conditions: [{ type: 'process', value: 'nmap' }] }, false],
  [
    'all conditions, not one of them',
    {
      conditions: [
        { type: 'level', value: 'Warning' },
        { type: 'name', value: 'Other' },
      ],
    },
    false,
  ],
  ['a group that the workload is in', { groups: ['other', 'nv.w.default'] }, true],
  ['a group that it is not in', { groups: ['other'] }, false],
  ['another kind of event', { event: 'event' }, false],
  ['nothing, where it is disabled', { isDisabled: true }, false],
]

for (const [what, change, isMatch] of matches) {
  test(`a response rule applies to ${what}: ${isMatch}`, () => {
    const rules = new ResponseRules([rule(change)])
    assert.equal(rules.matching(event, () => ['containers', 'nv.w.default']).length, isMatch ? 1 : 0)
  })
}

test('a storm of one matter is one response in its time, and then another', () => {
  const pace = new ResponsePace()
  assert.equal(pace.ask('r', 'webhook', 'm', 0), 'go')
  for (let i = 0; i < 10_000; i++) assert.equal(pace.ask('r', 'webhook', 'm', i), 'repeated')
  assert.equal(pace.ask('r', 'webhook', 'm', responseLimits.repeatMs), 'go')
})

test('a storm of many matters is as many responses as a rule has, and they come back with time', () => {
  const pace = new ResponsePace()
  const { ofRule, ofAll } = responseLimits.pace.webhook
  const asked = Array.from({ length: 10_000 }, (_, i) => pace.ask('r', 'webhook', `m${i}`, 0))
  assert.equal(asked.filter((each) => each === 'go').length, ofRule.most)
  assert.equal(asked.at(-1), 'too-many')
  assert.equal(pace.ask('r', 'quarantine', 'm', 0), 'go', 'of another action it has its own')
  assert.equal(pace.ask('r', 'webhook', 'later', ofRule.everyMs), 'go')
  assert.equal(pace.ask('r', 'webhook', 'later still', ofRule.everyMs), 'too-many')
  const all = Array.from({ length: 10_000 }, (_, i) => pace.ask(`rule ${i}`, 'webhook', 'm', ofRule.everyMs))
  assert.ok(all.filter((each) => each === 'go').length <= ofAll.most, 'of all rules together')
})
