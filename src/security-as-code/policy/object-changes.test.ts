import assert from 'node:assert/strict'
import { test } from 'node:test'
import { objectLimits } from '../limits.ts'
import { mergeObjects, objectChanges } from './object-changes.ts'
import type { PlacedObject } from './placed-object.ts'
import type { NetworkRule, SecurityRuleObject } from './schemas.ts'

function rule(name: string, change: Partial<NetworkRule> = {}): NetworkRule {
  return { name, action: 'allow', selector: { name: 'external' }, ...change }
}

function placed(
  name: string,
  spec: Partial<SecurityRuleObject['spec']> = {},
  place = 'a.yaml:1',
): PlacedObject {
  const object: SecurityRuleObject = {
    apiVersion: 'neuvector.com/v1',
    kind: 'NvSecurityRule',
    metadata: { name, namespace: 'clinic' },
    spec: { target: { selector: { name } }, ...spec },
  }
  return { place, object }
}

const web = (egress: NetworkRule[]) => [placed('nv.web.clinic', { egress })]

const cases: [name: string, before: PlacedObject[], after: PlacedObject[], told: string[]][] = [
  ['nothing', web([rule('a')]), web([rule('a')]), []],
  ['not where it is written', [placed('x')], [placed('x', {}, 'b.yaml:9')], []],
  ['what is added', [], [placed('x')], ['added clinic/x']],
  ['what is removed', [placed('x')], [], ['removed clinic/x']],
  [
    'a part, by the name of its rule',
    web([rule('a'), rule('b', { ports: 'tcp/80' })]),
    web([rule('a'), rule('b', { ports: 'tcp/81' })]),
    ['changed clinic/nv.web.clinic', 'spec.egress[b].ports: "tcp/80" > "tcp/81"'],
  ],
  [
    'a rule that is new, as a whole',
    web([rule('a')]),
    web([rule('a'), rule('b')]),
    ['changed clinic/nv.web.clinic', `spec.egress[b]: undefined > ${JSON.stringify(rule('b'))}`],
  ],
  [
    'the order of rules, for the first that matches decides',
    web([rule('a'), rule('b')]),
    web([rule('b'), rule('a')]),
    ['changed clinic/nv.web.clinic', 'spec.egress (order): ["[a]","[b]"] > ["[b]","[a]"]'],
  ],
  [
    'a list of words as a whole',
    web([rule('a', { applications: ['HTTP'] })]),
    web([rule('a', { applications: ['HTTP', 'SSL'] })]),
    ['changed clinic/nv.web.clinic', 'spec.egress[a].applications: ["HTTP"] > ["HTTP","SSL"]'],
  ],
  [
    'processes by their path',
    [placed('x', { process: [{ action: 'allow', path: '/bin/a' }] })],
    [placed('x', { process: [{ action: 'deny', path: '/bin/a' }] })],
    ['changed clinic/x', 'spec.process[/bin/a].action: "allow" > "deny"'],
  ],
]
for (const [name, before, after, told] of cases) {
  test(`a change tells of ${name}`, () => {
    const lines = objectChanges(before, after).flatMap(({ change, name: object, details }) => [
      `${change} ${object}`,
      ...details.map(
        (each) => `${each.path}: ${JSON.stringify(each.before)} > ${JSON.stringify(each.after)}`,
      ),
    ])
    assert.deepEqual(lines, told)
  })
}

test('of very many details the first are told, and how many more there are', () => {
  const rules = (port: number) =>
    Array.from({ length: objectLimits.detailsPerChange + 7 }, (_, i) =>
      rule(`r${i}`, { ports: `tcp/${port}` }),
    )
  const [change] = objectChanges(web(rules(80)), web(rules(81)))
  assert.equal(change.details.length, objectLimits.detailsPerChange)
  assert.equal(change.moreDetails, 7)
})

test('what is applied takes the place of what has its kind and name, and stands behind what has not', () => {
  const names = (objects: PlacedObject[]) =>
    objects.map(({ place, object }) => `${object.metadata.name} ${place}`)
  const current = [placed('a'), placed('b')]
  const applied = [placed('c', {}, 'n.yaml:1'), placed('a', {}, 'n.yaml:2')]
  assert.deepEqual(names(mergeObjects(current, applied, false)), ['a n.yaml:2', 'b a.yaml:1', 'c n.yaml:1'])
  assert.deepEqual(names(mergeObjects(current, applied, true)), ['c n.yaml:1', 'a n.yaml:2'])
})
