import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { fuzzRuns } from '../../../test/support/fuzz-runs.ts'
import { type ReadPolicy, readPolicy, readPolicyObjects } from './read-policy.ts'
import { writePolicy } from './write-policy.ts'

function read(text: string) {
  return readPolicy([{ name: 'p.yaml', text }])
}

const objectsOf = ({ objects }: ReadPolicy) => objects.map(({ object }) => object)

const exported = `
apiVersion: v1
kind: List
metadata: null
items:
- apiVersion: neuvector.com/v1
  kind: NvSecurityRule
  metadata: {creationTimestamp: null, name: nv.api.clinic, namespace: clinic}
  spec:
    dlp: {settings: [{name: sensor.creditcard, action: allow}], status: true}
    egress:
    - action: allow
      applications: [SSL, PostgreSQL]
      name: lab-egress-0
      ports: tcp/443, 5432
      priority: 0
      selector:
        comment: ""
        criteria:
        - key: address
          op: =
          value: '*.lab.example'
        name: lab
        original_name: ""
    file: null
    ingress: null
    process:
    - {action: allow, allow_update: false, name: node, path: /usr/local/bin/node}
    process_profile: {baseline: zero-drift, mode: Protect}
    response: null
    target:
      policymode: Monitor
      selector:
        comment: ""
        criteria:
        - {key: service, op: =, value: api.clinic}
        - {key: domain, op: =, value: clinic}
        name: nv.api.clinic
        original_name: ""
- apiVersion: neuvector.com/v1
  kind: NvClusterSecurityRule
  metadata: {name: web, namespace: default}
  spec:
    target:
      policymode: null
      selector:
        name: web
        criteria: [{key: image, op: regexContainsAny, value: web-.*}]
    ingress:
    - {action: deny, name: in-0, ports: any, priority: 7, selector: {name: external, criteria: []}}
    - {action: allow, name: in-1, selector: {name: 'Workload:ingress'}}
    - {action: allow, name: in-2, selector: {name: 'Host:10.1.2.3'}}
---
apiVersion: neuvector.com/v1
kind: NvDlpSecurityRule
metadata: {name: sensor.x}
spec: {sensor: {name: sensor.x}}
`

test('what NeuVector exports is read: lists, null for nothing, a bare =, documents of other kinds', () => {
  const { definition, problems } = read(exported)
  assert.deepEqual(
    problems.map(({ severity, place, problem }) => [severity, place, problem]),
    [
      ['warning', 'p.yaml:48', 'regexContainsAny is deprecated and read as regex'],
      ['warning', 'p.yaml:51', 'rules of Workload:ingress are passed over, as in NeuVector'],
      ['warning', 'p.yaml:55', 'NvDlpSecurityRule is no rule between groups: it is passed over'],
    ],
  )
  assert.deepEqual(
    definition.groups.map(({ name, mode, criteria }) => [name, mode, criteria.length]),
    [
      ['nv.api.clinic', 'Monitor', 2],
      ['lab', undefined, 1],
      ['web', undefined, 1],
      ['Host:10.1.2.3', undefined, 1],
    ],
  )
  assert.deepEqual(
    definition.rules.map(({ id, from, to, ports, priority }) => [id, from, to, ports, priority]),
    [
      ['clinic/nv.api.clinic/lab-egress-0', 'nv.api.clinic', 'lab', 'tcp/443, 5432', 0],
      ['web/in-0', 'external', 'web', 'any', 7],
      ['web/in-2', 'Host:10.1.2.3', 'web', '', 0],
    ],
  )
})

test('rules of processes and files are of the group, as NeuVector means them', () => {
  const { definition } = read(exported)
  const { profile } = definition.groups.find(({ name }) => name === 'nv.api.clinic')!
  assert.equal(profile?.baseline, 'zero-drift')
  assert.deepEqual(profile.processes, [
    {
      action: 'allow',
      name: 'node',
      path: '/usr/local/bin/node',
      allowUpdate: false,
      tier: 'yaml',
      source: profile.processes[0].source,
    },
  ])
  assert.match(profile.processes[0].source ?? '', /^p\.yaml:\d+$/)
})

test('with name referral groups come from the document before', () => {
  const { definition, problems } = read(`
apiVersion: v1
kind: NvGroupDefinitionList
items:
- apiVersion: neuvector.com/v1
  kind: NvGroupDefinition
  metadata: {name: billing, namespace: neuvector}
  spec: {selector: {name: billing, criteria: [{key: address, op: =, value: 192.0.2.0/24}]}}
---
{"apiVersion": "neuvector.com/v1", "kind": "NvClusterSecurityRule", "metadata": {"name": "containers"},
 "spec": {"target": {"selector": {"name": "containers"}},
          "egress": [{"name": "a", "action": "allow", "selector": {"name": "billing", "name_referral": true}}]}}
`)
  assert.deepEqual(problems, [])
  assert.deepEqual(
    definition.groups.map(({ name }) => name),
    ['billing'],
  )
})

const own = `
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: lab-results}
spec:
  from: nv.api.clinic
  toProcessor: acme-lab
  ports: tcp/443
  encryption: {required: true, minimumTlsVersion: TLSv1.2}
  personalData: {declared: true}
---
apiVersion: pavise.dev/v1
kind: Processor
metadata: {name: acme-lab}
spec:
  name: ACME Laboratories
  role: processor
  country: DE
  contract: "17"
  transferMechanism: none-needed
  categories: [health, identity]
  addresses: ['*.lab.example']
`

test('an egress rule asks for encryption and for what its processor has declared', () => {
  const { definition, problems } = read(own)
  assert.deepEqual(problems, [])
  assert.deepEqual(definition.rules, [
    {
      id: 'EgressRule/lab-results',
      tier: 'yaml',
      priority: 0,
      from: 'nv.api.clinic',
      to: 'processor/acme-lab',
      applications: [],
      ports: 'tcp/443',
      action: 'allow',
      requirements: {
        encryption: { minimumTlsVersion: 'TLSv1.2' },
        personalData: { allowed: ['health', 'identity'] },
      },
      source: 'p.yaml:2',
    },
  ])
})

/** A rule of containers with one part replaced. */
function containers(part: string, target = '{selector: {name: containers}}'): string {
  return `apiVersion: neuvector.com/v1
kind: NvClusterSecurityRule
metadata: {name: containers}
spec:
  target: ${target}
  ${part}
`
}

const groupNamed = (name: string, image = 'a') =>
  `apiVersion: neuvector.com/v1\nkind: NvGroupDefinition\nmetadata: {name: ${name}}\nspec: {selector: {name: ${name}, criteria: [{key: image, op: =, value: ${image}}]}}\n`

const wrong: [why: string, text: string, place: string, problem: RegExp][] = [
  ['no YAML', 'a: [', 'p.yaml:1:5', /not valid YAML/],
  ['a rule without a selector', containers('egress: [{name: a, action: allow}]'), 'p.yaml:6', /selector/],
  [
    'an action that is none',
    containers('egress: [{name: a, action: drop, selector: {name: external}}]'),
    'p.yaml:6',
    /"allow", "deny"/,
  ],
  [
    'ports that are a number',
    containers('egress: [{name: a, action: deny, ports: 80, selector: {name: external}}]'),
    'p.yaml:6',
    /must be string/,
  ],
  [
    'ports that are none',
    containers('egress: [{name: a, action: deny, ports: tcp/http, selector: {name: external}}]'),
    'p.yaml:6',
    /no port/,
  ],
  [
    'a group that is not there',
    containers('egress: [{name: a, action: deny, selector: {name: lab}}]'),
    'p.yaml:6',
    /no group "lab"/,
  ],
  [
    'two rules of one name',
    containers(
      'egress: [{name: a, action: deny, selector: {name: external}}, {name: a, action: deny, selector: {name: nodes}}]',
    ),
    'p.yaml:6',
    /two rules "a"/,
  ],
  [
    'a mode of containers',
    containers('file: null', '{policymode: Protect, selector: {name: containers}}'),
    'p.yaml:5',
    /cannot have a mode/,
  ],
  [
    'an application of no name',
    containers('egress: [{name: a, action: deny, applications: [Gopher], selector: {name: external}}]'),
    'p.yaml:6',
    /"Gopher" is no application/,
  ],
  [
    'a file rule for everything',
    containers('file: [{filter: /, behavior: block_access}]'),
    'p.yaml:6',
    /no path/,
  ],
  [
    'a process that is every one',
    containers("process: [{action: deny, name: '*', path: '*'}]"),
    'p.yaml:6',
    /every process/,
  ],
  [
    'a response without conditions',
    containers('response: [{policy_name: default, event: event, actions: [webhook]}]'),
    'p.yaml:6',
    /no conditions/,
  ],
  [
    'another namespace than its criteria say',
    exported
      .replace('namespace: clinic}', 'namespace: lab}')
      .replace(', op: regexContainsAny', ', op: regex')
      .replace(/.*Workload:ingress.*\n/, ''),
    'p.yaml:36',
    /domain = lab/,
  ],
  [
    'an egress rule to nobody',
    own.replace('  toProcessor: acme-lab\n', ''),
    'p.yaml:6',
    /toGroup or toProcessor/,
  ],
  [
    'a processor that is not there',
    own.replace('toProcessor: acme-lab', 'toProcessor: other'),
    'p.yaml:7',
    /no Processor "other"/,
  ],
  [
    'two objects of one kind and name',
    `${groupNamed('g')}---\n${groupNamed('g', 'b')}`,
    'p.yaml:8',
    /another NvGroupDefinition g at p\.yaml:1/,
  ],
  ['a name of NeuVector’s own', groupNamed('"Workload:x"'), 'p.yaml:4', /begin with Host: or Workload:/],
  [
    'a federal rule of another name than its group',
    containers('file: null', '{selector: {name: fed.containers}}'),
    'p.yaml:3',
    /name of its group, fed\.containers/,
  ],
  ['a field that is ours and unknown', own.replace('contract:', 'contrakt:'), 'p.yaml:19', /contrakt/],
  [
    'a category that is none',
    own.replace('[health, identity]', '[shoe-size]'),
    'p.yaml:21',
    /shoe|categories/,
  ],
]
for (const [why, text, place, problem] of wrong) {
  test(`told with its place and what to do: ${why}`, () => {
    const error = read(text).problems.find(({ severity }) => severity === 'error')
    assert.equal(error?.place, place)
    assert.match(error.problem, problem)
    assert.ok(error.nextStep.length > 0)
  })
}

test('all of what is wrong is told, of every document', () => {
  const text = `${containers('egress: [{name: a, action: drop, selector: {name: external}}]')}---\n${containers('file: [{filter: /, behavior: block_access}]')}`
  assert.deepEqual(
    read(text).problems.map(({ place, document }) => [place, document]),
    [
      ['p.yaml:6', 1],
      ['p.yaml:13', 2],
    ],
  )
})

test('objects that were read are read again without their files, and their rules say where they stood', () => {
  const first = read(own)
  const again = readPolicyObjects(first.objects)
  assert.deepEqual(again.problems, first.problems)
  assert.deepEqual(withoutPlaces(again), withoutPlaces(first))
  assert.match(again.definition.rules[0].source ?? '', /^p\.yaml:\d+/)
})

test('two definitions of one group are refused where they differ, and one where they do not', () => {
  const peer = (image: string) =>
    containers(
      `egress: [{name: a, action: deny, selector: {name: g, criteria: [{key: image, op: =, value: ${image}}]}}]`,
    )
  assert.deepEqual(read(`${groupNamed('g')}---\n${peer('a')}---\n${groupNamed('g')}`).problems, [])
  assert.match(read(`${groupNamed('g')}---\n${peer('b')}`).problems[0].problem, /other criteria at p.yaml:4/)
})

for (const [name, text] of Object.entries({ exported, own })) {
  test(`what is written of what was read is the same policy: ${name}`, () => {
    const first = read(text)
    const second = read(writePolicy(objectsOf(first)))
    assert.deepEqual(objectsOf(second), objectsOf(first))
    assert.deepEqual(withoutPlaces(second), withoutPlaces(first))
    assert.deepEqual(
      second.problems.map(({ problem }) => problem),
      first.problems
        .map(({ problem }) => problem)
        .filter((problem) => !/deprecated|passed over$/.test(problem)),
    )
  })
}

function withoutPlaces({ definition }: ReturnType<typeof read>) {
  const placeless = <Rule extends object>(rules: readonly Rule[] = []) =>
    rules.map((rule) => ({ ...rule, source: '' }))
  const groups = definition.groups.map(({ profile, ...group }) => ({
    ...group,
    profile: profile && {
      ...profile,
      processes: placeless(profile.processes),
      files: placeless(profile.files),
    },
  }))
  return { ...definition, rules: placeless(definition.rules), groups }
}

const text = fc.constantFrom('', '=', 'null', 'yes', '1_000', "it's", '# no comment', 'a: b', '*', 'é\n"x"')
const rule = (name: string) =>
  fc.record(
    {
      action: fc.constantFrom('allow', 'deny'),
      name: fc.constant(name),
      selector: fc.record({ name: fc.constantFrom('external', 'nodes', 'nv.b.c') }),
      applications: fc.option(fc.subarray(['HTTP', 'SSL', 'any'])),
      ports: fc.option(fc.constantFrom('', 'any', 'tcp/80,443', 'udp/1-9', 'icmp')),
      priority: fc.option(fc.nat(100)),
    },
    { requiredKeys: ['action', 'name', 'selector'] },
  )
const securityRule = fc.record({
  apiVersion: fc.constant('neuvector.com/v1'),
  kind: fc.constant('NvClusterSecurityRule'),
  metadata: fc.record({ name: fc.constantFrom('a', 'b'), namespace: fc.option(fc.constant('default')) }),
  spec: fc.record(
    {
      target: fc.record({
        policymode: fc.option(fc.constantFrom('Discover', 'Protect')),
        selector: fc.record({
          name: fc.constantFrom('nv.a.b', 'nv.x.y'),
          comment: fc.option(text),
        }),
      }),
      ingress: fc.option(fc.tuple(rule('i0'), rule('i1'))),
      egress: fc.option(fc.tuple(rule('e0'))),
      process: fc.option(fc.constant([{ action: 'allow', name: '=', path: '/bin/yes' }])),
      dlp: fc.option(fc.constant({ status: true, settings: [{ name: 'sensor.x', action: 'deny' }] })),
    },
    { requiredKeys: ['target'] },
  ),
})

const few = { minLength: 1, maxLength: 3 }

test('whatever rules hold, written and read again they are what they were', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(securityRule, { ...few, selector: ({ kind, metadata }) => `${kind} ${metadata.name}` }),
      fc.boolean(),
      (objects, isList) => {
        const given = isList
          ? stringify({ apiVersion: 'v1', kind: 'List', metadata: null, items: objects })
          : objects.map((object) => stringify(object)).join('---\n')
        const first = read(given)
        assert.equal(first.objects.length, objects.length)
        const second = read(writePolicy(objectsOf(first)))
        assert.deepEqual(objectsOf(second), objectsOf(first))
        assert.deepEqual(withoutPlaces(second), withoutPlaces(first))
      },
    ),
    { numRuns: fuzzRuns },
  )
})

test('whatever stands in a file, it is read or told of, never thrown on', () => {
  const word = fc.constantFrom(
    'kind',
    'spec',
    'metadata',
    'name',
    'selector',
    'target',
    'criteria',
    'items',
    'op',
    'EgressRule',
    'NvSecurityRule',
    'Processor',
    'PersonalDataLabels',
    'List',
    '=',
    '__proto__',
    'neuvector.com/v1',
  )
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      word,
      fc.constantFrom(null, 0, true, -1.5),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(word, tie('value'), { maxKeys: 4 }),
    ),
  }))
  fc.assert(
    fc.property(
      fc.oneof(
        value.map((each) => JSON.stringify(each)),
        fc.string(),
      ),
      (given) => {
        read(given)
      },
    ),
    { numRuns: fuzzRuns * 3 },
  )
})

const hostile: [what: string, text: string][] = [
  [
    'aliases of aliases',
    `a: &a [x, x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f'].map((name, i) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcde'[i]}`).join(', ')}]`).join('\n')}\n`,
  ],
  ['an alias of itself', 'a: &a [*a]\n'],
  ['ten thousand levels', '['.repeat(10_000)],
  ['ten thousand levels that are closed', `${'['.repeat(10_000)}${']'.repeat(10_000)}`],
]
for (const [what, given] of hostile) {
  test(`told, not thrown on: ${what}`, () => {
    assert.ok(read(given).problems.length > 0)
  })
}
