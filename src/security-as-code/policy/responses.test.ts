import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPolicy } from './read-policy.ts'
import { writePolicy } from './write-policy.ts'

const read = (text: string) => readPolicy([{ name: 'r.yaml', text }])

const ours = (spec: string) =>
  `apiVersion: pavise.dev/v1\nkind: ResponseRule\nmetadata: {name: r}\nspec: ${spec}\n`
const theirs = (rule: string) =>
  `apiVersion: neuvector.com/v1\nkind: NvResponseRuleSecurityRule\nmetadata: {name: r}\nspec: {rule: {policy_name: default, ${rule}}}\n`
const ofGroup = (response: string) => `apiVersion: neuvector.com/v1
kind: NvClusterSecurityRule
metadata: {name: containers}
spec:
  target: {selector: {name: containers, criteria: [{key: container, op: =, value: "*"}]}}
  response: [{policy_name: default, ${response}}]
`

test('rules of NeuVector are for all groups, or for the one whose rules they stand in, and are written as they were', () => {
  const rule = 'event: security-event, conditions: [{type: level, value: Critical}], actions: [webhook]'
  const text = `${theirs(`${rule}, webhooks: [dpo], comment: tell, disable: true`)}---\n${ofGroup(rule)}`
  const { definition, objects, problems } = read(text)
  assert.deepEqual(problems, [])
  const [alone, group] = definition.responses ?? []
  assert.deepEqual(alone, {
    id: 'NvResponseRuleSecurityRule/r',
    event: 'security-event',
    groups: [],
    conditions: [{ type: 'level', value: 'Critical' }],
    actions: ['webhook'],
    webhooks: ['dpo'],
    isDisabled: true,
    comment: 'tell',
    source: 'r.yaml:4',
  })
  assert.deepEqual(
    [group.id, group.groups, group.isDisabled],
    ['containers/response/0', ['containers'], false],
  )
  const again = read(writePolicy(objects.map(({ object }) => object))).definition.responses
  const meant = (rules: typeof again) => rules?.map(({ source: _source, ...rest }) => rest)
  assert.deepEqual(meant(again), meant(definition.responses))
})

test('ours name groups, and have actions that NeuVector lacks', () => {
  const { definition, problems } = read(
    ours(
      `{event: security-event, groups: [nv.api.clinic], conditions: [{type: name, value: "*"}],
        actions: [quarantine, capture, kill-process, open-case]}`,
    ),
  )
  assert.deepEqual(problems, [])
  const [{ groups, actions }] = definition.responses ?? []
  assert.deepEqual(groups, ['nv.api.clinic'])
  assert.deepEqual(actions, ['quarantine', 'capture', 'kill-process', 'open-case'])
})

const conditions = 'conditions: [{type: level, value: Error}]'
const wrong: [what: string, text: string, problem: RegExp][] = [
  ['no condition', ours('{event: event, actions: [webhook]}'), /it has no conditions/],
  ['an action of ours', theirs(`event: event, ${conditions}, actions: [capture]`), /actions/],
  [
    'a condition of another event',
    ours('{event: event, conditions: [{type: process, value: nc}], actions: [webhook]}'),
    /event has no condition "process"/,
  ],
  [
    'two of a type',
    ours(
      '{event: event, conditions: [{type: level, value: Info}, {type: level, value: Error}], actions: [webhook]}',
    ),
    /two conditions level/,
  ],
  [
    'no such level',
    ours('{event: event, conditions: [{type: level, value: High}], actions: [webhook]}'),
    /no level/,
  ],
  ['nobody to cut off', ours(`{event: event, ${conditions}, actions: [quarantine]}`), /about no workload/],
  [
    'a group that is not there',
    ours(`{event: event, groups: [nobody], ${conditions}, actions: [webhook]}`),
    /no group "nobody"/,
  ],
  ['a group', theirs(`event: event, group: a, ${conditions}, actions: [webhook]`), /is for all groups/],
  [
    'nothing tells of it',
    theirs(`event: cve-report, ${conditions}, actions: [webhook]`),
    /nothing tells of cve-report yet/,
  ],
  [
    'webhooks without the action',
    ours(`{event: event, ${conditions}, actions: [suppress-log], webhooks: [a]}`),
    /nobody is told/,
  ],
]

for (const [what, text, problem] of wrong) {
  test(`what is wrong in a response rule is told: ${what}`, () => {
    const { problems } = read(text)
    assert.match(problems.map((each) => each.problem).join('\n'), problem)
    assert.ok(problems.every(({ place, nextStep }) => place.startsWith('r.yaml:') && nextStep !== ''))
  })
}
