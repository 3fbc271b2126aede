import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPolicy } from './read-policy.ts'

const inMonitor = `apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: {name: nv.api.clinic, namespace: clinic}
spec:
  target:
    policymode: Monitor
    selector: {name: nv.api.clinic, criteria: [{key: service, op: =, value: api.clinic}, {key: domain, op: =, value: clinic}]}
`

function read(text: string) {
  return readPolicy([{ name: 'p.yaml', text }])
}

const protection = (groups: string, rest: string) =>
  `apiVersion: pavise.dev/v1\nkind: Protection\nmetadata: {name: p}\nspec: {groups: [${groups}], ${rest}}\n`

test('a Protection says of groups what becomes of what cannot be inspected, how far that goes, whether attacks are cut and how strictly they are judged', () => {
  const { definition, problems } = read(
    `${inMonitor}---\n${protection('nv.api.clinic, nv.web.clinic', 'onFailure: closed, inspection: application, attacks: block, strictness: 3')}`,
  )
  assert.deepEqual(
    problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  const said = definition.groups.flatMap(({ name, mode, onFailure, inspection, attacks, strictness }) =>
    onFailure === undefined ? [] : [[name, mode, onFailure, inspection, attacks, strictness]],
  )
  assert.deepEqual(said, [
    ['nv.api.clinic', 'Monitor', 'closed', 'application', 'block', 3],
    ['nv.web.clinic', undefined, 'closed', 'application', 'block', 3],
  ])
})

test('a Protection names threats by their names and numbers, all or none', () => {
  const threatsOf = (text: string) =>
    read(protection('nv.a.b', `threats: ${text}`)).definition.groups.flatMap(
      ({ threats }): readonly (string | number)[] => [threats ?? []].flat(),
    )
  assert.deepEqual(threatsOf('[TCP.Port.Scan, 2025, "2001"]'), [3011, 2025, 2001])
  assert.deepEqual(threatsOf('block'), ['block'])
  assert.deepEqual(threatsOf('report'), ['report'])
})

test('a Protection says from when on threats are told of in its groups', () => {
  const { definition, problems } = read(
    `${inMonitor}---\n${protection('nv.api.clinic', 'thresholds: [TCP.SYN.Flood=50, "3011=off", 2003=on]')}`,
  )
  assert.deepEqual(problems, [])
  assert.deepEqual(definition.groups.find(({ name }) => name === 'nv.api.clinic')?.thresholds, [
    ...['1001=50', '3011=off', '2003=on'],
  ])
})

test('a Protection of a group that is not there, or that contradicts another, is told of', () => {
  const rows: [text: string, problem: RegExp][] = [
    [protection('nobody', 'onFailure: closed'), /there is no group "nobody"/],
    [
      `${protection('nv.a.b', 'onFailure: closed')}---\n${protection('nv.a.b', 'onFailure: open').replace('name: p', 'name: q')}`,
      /nv\.a\.b has onFailure: closed elsewhere/,
    ],
    [protection('nv.a.b', 'onFailure: maybe'), /onFailure/],
    [protection('', 'onFailure: open'), /groups/],
    [protection('nv.a.b', 'strictness: 5'), /strictness/],
    [protection('nv.a.b', 'thresholds: [1001]'), /thresholds/],
    [protection('nv.a.b', 'thresholds: [TCP.Nothing=5]'), /it begins with no number or name of a threat/],
    [protection('nv.a.b', 'thresholds: [1001=50/10]'), /the time in which it is counted is the same for all/],
    [protection('nv.a.b', 'threats: [TCP.Nothing]'), /there is no threat "TCP.Nothing"/],
  ]
  for (const [text, problem] of rows)
    assert.match(
      read(text)
        .problems.map((each) => each.problem)
        .join(),
      problem,
      text,
    )
})
