import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  composePolicy,
  defaultSettings,
  type GroupModes,
  type LearnedPolicy,
} from '../../policy/composition.ts'
import type { RuleDefinition } from '../../policy/definition.ts'
import { Policy } from '../../policy/policy.ts'
import { peerInGroup } from '../../policy/simulation.ts'
import { applicationNumber } from '../../policy/rules/applications.ts'
import { TransportCode } from '../../policy/rules/transport.ts'
import { effectOf } from '../../policy/verdict.ts'
import { exportPolicy } from './export-policy.ts'
import { readPolicy } from './read-policy.ts'
import { writePolicy } from './write-policy.ts'

const applied = `
apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: nv.web.clinic, namespace: clinic}
spec:
  target:
    policymode: Discover
    selector: {name: nv.web.clinic, criteria: [{key: service, op: =, value: web.clinic}, {key: domain, op: =, value: clinic}]}
  egress:
  - {name: no, action: deny, ports: tcp/8080, selector: {name: nv.api.clinic}}
  process:
  - {action: allow, name: nginx, path: /usr/sbin/nginx}
`

function learnedRule(from: string, to: string, change: Partial<RuleDefinition>): RuleDefinition {
  const id = `learned/${from}/${to}/${change.ports === undefined ? 'applications' : 'ports'}`
  return {
    id,
    tier: 'learned',
    priority: 0,
    from,
    to,
    applications: [],
    ports: '',
    action: 'allow',
    ...change,
  }
}

const learned: LearnedPolicy = {
  groups: [{ name: 'host.lab.example', criteria: [{ key: 'address', op: '=', value: 'lab.example' }] }],
  rules: [
    learnedRule('nv.web.clinic', 'nv.api.clinic', { applications: ['HTTP'] }),
    learnedRule('nv.web.clinic', 'nv.api.clinic', { ports: 'tcp/9000-9002' }),
    learnedRule('nv.api.clinic', 'host.lab.example', { applications: ['SSL'] }),
    learnedRule('external', 'nv.web.clinic', { applications: ['HTTP', 'SSL'] }),
    learnedRule('nodes', 'nv.web.clinic', { ports: 'icmp' }),
  ],
}
const modes: Record<string, GroupModes> = {
  'nv.web.clinic': { network: { mode: 'Protect', since: 1 }, profile: { mode: 'Monitor', since: 1 } },
  'nv.db.clinic': { network: { mode: 'Monitor', since: 1 } },
}

const rules: RuleDefinition[] = [
  {
    ...learnedRule('nv.web.clinic', 'nv.db.clinic', { ports: 'tcp/80' }),
    ...{ id: 'user/1.1', tier: 'user', action: 'deny' },
  },
  {
    ...learnedRule('nv.web.clinic', 'nv.api.clinic', { applications: ['HTTP'], ports: 'tcp/9001' }),
    ...{ id: 'user/2.1', tier: 'user', requirements: { encryption: { minimumTlsVersion: 'TLSv1.2' } } },
  },
]

const { definition: files, objects } = readPolicy([{ name: 'applied.yaml', text: applied }])
const declared = { ...files, rules: [...files.rules, ...rules] }
const composed = composePolicy({ declared, modes, settings: defaultSettings, learned })
const written = writePolicy(
  exportPolicy({
    ...{ objects: objects.map(({ object }) => object), rules, modes, learned },
    groups: composed.groups,
  }),
)
const elsewhere = readPolicy([{ name: 'export.yaml', text: written }])

test('what is exported applies elsewhere without a problem', () => assert.deepEqual(elsewhere.problems, []))

test('elsewhere the same is allowed and denied, in the same modes', () => {
  const [here, there] = [new Policy(composed), new Policy(elsewhere.definition)]
  const names = [
    'nv.web.clinic',
    'nv.api.clinic',
    'nv.db.clinic',
    'host.lab.example',
    'external',
    'nodes',
    'containers',
  ]
  const told = (policy: Policy) =>
    names.flatMap((from) =>
      names.flatMap((to) =>
        (['HTTP', 'SSL', 'unknown'] as const).flatMap((application) =>
          [80, 8080, 9001].map((port) => {
            const [client, server] = [peerInGroup(policy, from), peerInGroup(policy, to)]
            const verdict = policy.decide(
              client,
              server,
              TransportCode.tcp,
              port,
              applicationNumber(application),
            )
            return `${from} ${to} ${application} ${port} ${effectOf(verdict)}`
          }),
        ),
      ),
    )
  assert.deepEqual(told(there), told(here))
  assert.ok(
    told(here).some((line) => line.endsWith('pass')) && told(here).some((line) => line.endsWith('block')),
  )
})

test('what was applied is written as it was, but for the modes that hold now', () => {
  const [web] = elsewhere.objects.map(({ object }) => object)
  assert.ok('process' in web.spec && 'target' in web.spec)
  assert.equal(web.spec.target.policymode, 'Protect')
  assert.deepEqual(web.spec.process_profile, { mode: 'Monitor' })
  assert.deepEqual(web.spec.process, [{ action: 'allow', name: 'nginx', path: '/usr/sbin/nginx' }])
})

test('users’ rules and what was learned come after the objects, in others where a group has its own', () => {
  assert.deepEqual(
    elsewhere.objects.map(({ object }) => object.metadata.name),
    [
      ...['nv.web.clinic', 'user-2.1', 'nv.web.clinic.user'],
      ...['nv.web.clinic.learned', 'nv.api.clinic', 'nv.db.clinic'],
    ],
  )
})

test('without what was learned only what people decided is exported', () => {
  const source = { objects: [], rules: [], modes, learned: { groups: [], rules: [] }, groups: [] }
  assert.deepEqual(
    exportPolicy(source).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
    ['NvSecurityRule nv.web.clinic', 'NvSecurityRule nv.db.clinic'],
  )
})
