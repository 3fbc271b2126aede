import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileRecognisers } from '../personal-data/compile.ts'
import { RuleSet } from '../personal-data/custom/rule-set.ts'
import { usSsn } from '../personal-data/recognisers/us/us-ssn.ts'
import type { GroupDefinition, Mode } from '../policy/definition.ts'
import { readPolicy } from './policy/read-policy.ts'
import { readSensors } from './sensors.ts'
import { InlinePlay, policyWith, rule } from '../inspect/inline/inline-fixtures.ts'

const text = `apiVersion: neuvector.com/v1
kind: NvWafSecurityRule
metadata: { name: sensor.shop, annotations: { pavise.dev/cve: CVE-2021-44228 } }
spec:
  sensor:
    name: sensor.shop
    rules:
    - name: rule.log4shell
      patterns: [{ key: pattern, op: regex, value: '\\$\\{jndi:(ldap|rmi)', context: header }]
    - name: rule.admin
      patterns:
      - { key: pattern, op: regex, value: '/admin', context: url }
      - { key: pattern, op: regex, value: 'role=root', context: body }
      - { key: pattern, op: '!regex', value: 'X-Internal: yes', context: header }
`

const { rules } = readSensors([{ name: 'waf.yaml', text }])
const detector = compileRecognisers([usSsn], undefined, { rules: new RuleSet(rules) })

/** Groups of the workload, by what an NvSecurityRule says of them. */
function groupsWith(waf: string, mode: Mode): readonly GroupDefinition[] {
  const { definition, problems } = readPolicy([
    {
      name: 'p.yaml',
      text: `apiVersion: neuvector.com/v1
kind: NvSecurityRule
metadata: { name: nv.api.clinic, namespace: clinic }
spec:
  target:
    policymode: ${mode}
    selector: { name: nv.api.clinic, criteria: [{ key: service, op: '=', value: api.clinic }, { key: domain, op: '=', value: clinic }] }
  waf: ${waf}
`,
    },
  ])
  assert.deepEqual(problems, [])
  return definition.groups
}

/** A client from outside asks the workload. */
function ask(waf: string, mode: Mode, ...requests: string[]): { actions: string[]; play: InlinePlay } {
  return askOf(groupsWith(waf, mode), mode, ...requests)
}

function askOf(groups: readonly GroupDefinition[], mode: Mode, ...requests: string[]) {
  const incoming = rule({ from: 'external', to: 'nv.api.clinic' })
  const live = policyWith([incoming], mode)
  live.define({ ...live.definition, groups })
  const play = new InlinePlay(live, { inspectsContent: true }, undefined, detector)
  play.ports = { workload: 80, partner: 50_000 }
  play.tcp({ from: 'partner', flags: 'S', at: -1 })
  play.tcp({ flags: 'SA', at: -1 })
  play.tcp({ from: 'partner' })
  const actions = requests.map((data) => play.tcp({ from: 'partner', data }))
  play.told()
  return { actions, play }
}

const lookup = 'GET /find HTTP/1.1\r\nHost: a\r\nX-Api-Version: ${jndi:ldap://x/a}\r\n\r\n'
const raise = (headers = '') =>
  `POST /admin/users HTTP/1.1\r\nHost: a\r\n${headers}Content-Type: text/plain\r\nContent-Length: 18\r\n\r\nnote to role=root.`

const denied = '{ status: true, settings: [{ name: sensor.shop, action: deny }] }'
const rows: [waf: string, mode: Mode, request: string, action: string, told: string[]][] = [
  [denied, 'Protect', lookup, 'answer', ['WAF.sensor.shop/rule.log4shell blocked']],
  [denied, 'Monitor', lookup, 'pass', ['WAF.sensor.shop/rule.log4shell reported']],
  [denied.replace('deny', 'allow'), 'Protect', lookup, 'pass', ['WAF.sensor.shop/rule.log4shell reported']],
  [denied.replace('true', 'false'), 'Protect', lookup, 'pass', []],
  [
    denied.replace('sensor.shop', 'sensor.other'),
    'Protect',
    lookup,
    'pass',
    ['WAF.sensor.shop/rule.log4shell reported'],
  ],
  [denied, 'Protect', raise('X-Internal: yes\r\n'), 'pass', []],
  [denied, 'Protect', 'GET /find HTTP/1.1\r\nHost: a\r\n\r\n', 'pass', []],
]

for (const [waf, mode, request, action, told] of rows)
  test(`in ${mode} with ${waf}: ${request.split('\r\n', 1)[0]} is to ${action}`, () => {
    const { actions, play } = ask(waf, mode, request)
    assert.deepEqual(actions, [action])
    const sensors = play.attacks.filter((attack) => attack.class === 'sensor')
    assert.deepEqual(
      sensors.map((attack) => `${attack.reasons[0].rule} ${attack.action}`),
      told,
    )
    assert.ok(!JSON.stringify(sensors).includes('jndi'), 'what matched is masked')
    assert.ok(sensors.every(({ reasons }) => reasons[0].what.includes('CVE-2021-44228')))
    assert.deepEqual(
      play.flows.flatMap((flow) => flow.dataSubjects ?? []),
      [],
      'it is nobody’s data',
    )
  })

test('a sensor that other groups name says nothing of this one', () => {
  const other = { name: 'nv.web.clinic', criteria: [], deniedSensors: ['sensor.shop'] }
  const { actions, play } = askOf(
    [...groupsWith('{ status: true, settings: [] }', 'Protect'), other],
    'Protect',
    lookup,
  )
  assert.deepEqual(actions, ['pass'])
  assert.deepEqual(
    play.attacks.filter((attack) => attack.class === 'sensor'),
    [],
  )
})

test('a rule of several patterns matches once all of them have, and nothing that must not', () => {
  const { play, actions } = ask(denied, 'Protect', raise())
  assert.deepEqual(actions, ['answer'])
  assert.deepEqual(
    play.attacks.filter((attack) => attack.class === 'sensor').map(({ reasons }) => reasons[0].rule),
    ['WAF.sensor.shop/rule.admin'],
  )
})
