import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Mode, RuleDefinition } from '../../policy/definition.ts'
import { InlinePlay, policyWith, post, rule } from './inline-fixtures.ts'
import type { WatchedWorkload } from './watched-workload.ts'

const iban = 'DE89370400440532013000'
const noFinance = rule({ requirements: { personalData: { forbidden: ['financial'] } } })

test('with no rule against it a connection is left to the kernel at its first packet', () => {
  const play = new InlinePlay(policyWith([rule()]))
  assert.deepEqual(play.handshake(), ['release', 'release', 'release'])
  assert.deepEqual(play.told(), [])
})

test('what no rule speaks of is reset at its SYN, once for all of its kind', () => {
  const play = new InlinePlay(policyWith([]))
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
  play.reconnect()
  assert.equal(play.tcp({ flags: 'S', at: -1 }), 'reset')
  const [violation, ...more] = play.told()
  assert.deepEqual(more, [])
  assert.equal(violation.count, 2)
  assert.equal(violation.criterion, 'no-rule')
  assert.equal(violation.action, 'blocked')
  assert.equal(violation.workload, 'w1')
  assert.deepEqual(violation.client.groups.includes('nv.api.clinic'), true)
})

const modes: [mode: Mode, action: string, told: string[]][] = [
  ['Discover', 'release', []],
  ['Monitor', 'release', ['reported']],
  ['Protect', 'reset', ['blocked']],
]
for (const [mode, action, told] of modes) {
  test(`what no rule speaks of in ${mode}: ${action}`, () => {
    const play = new InlinePlay(policyWith([], mode))
    assert.equal(play.tcp({ flags: 'S', at: -1 }), action)
    assert.deepEqual(
      play.told().map((violation) => violation.action),
      told,
    )
  })
}

const spoken: [
  behaviour: string,
  rules: RuleDefinition[],
  data: string,
  action: string,
  criterion?: string,
][] = [
  [
    'an application that is asked for is released',
    [rule({ applications: ['HTTP'] })],
    'GET / HTTP/1.1\r\n',
    'release',
  ],
  [
    'another is cut at the first byte that tells',
    [rule({ applications: ['SSL'] })],
    'GET / HTTP/1.1\r\n',
    'reset',
    'application',
  ],
  [
    'one that cannot be told is cut once it has said enough',
    [rule({ applications: ['SSL'] })],
    `\x01\x02${'x'.repeat(3000)}`,
    'reset',
    'application',
  ],
  [
    'what has to be encrypted is cut in the clear',
    [rule({ requirements: { encryption: {} } })],
    'GET / HTTP/1.1\r\n',
    'reset',
    'encryption',
  ],
  [
    'personal data that may not cross is cut',
    [noFinance],
    post(`{"iban":"${iban}"}`),
    'answer',
    'personal-data',
  ],
  [
    'other personal data passes, and content goes on being inspected',
    [noFinance],
    post('{"mail":"anna@clinic.example"}'),
    'pass',
  ],
]
for (const [behaviour, rules, data, action, criterion] of spoken) {
  test(behaviour, () => {
    const play = new InlinePlay(policyWith(rules))
    assert.deepEqual(play.handshake(), ['pass', 'pass', 'pass'])
    assert.equal(play.tcp({ data }), action)
    assert.deepEqual(
      play.told().map((violation) => violation.criterion),
      criterion === undefined ? [] : [criterion],
    )
  })
}

test('a violation says which rule asked for what, and shows the value only masked', () => {
  const play = new InlinePlay(policyWith([noFinance]))
  play.handshake()
  play.tcp({ data: post(`{"iban":"${iban}"}`) })
  const [violation] = play.told()
  assert.equal(violation.rule, 'rule-1')
  assert.equal(violation.application, 'HTTP')
  assert.equal(violation.finding?.identifier, 'iban')
  assert.equal(violation.finding?.field, 'http.body $.iban')
  assert.ok(
    violation.checks?.some(({ criterion, check }) => criterion === 'personal-data' && check === 'unmet'),
  )
  assert.ok(!JSON.stringify(violation).includes(iban))
})

test('bytes are kept to be compared only where a connection may be cut for what they are', () => {
  const kept = (only: RuleDefinition, watched: Partial<WatchedWorkload>) => {
    const play = new InlinePlay(policyWith([only]), watched)
    play.handshake()
    play.tcp({ data: post('{"note":"nothing"}') })
    return play.inspector.engine.tcp.sentBytes > 0
  }
  assert.equal(kept(noFinance, {}), true)
  assert.equal(kept(rule(), { inspectsContent: true }), false)
})

test('a connection that was left to the kernel is told of once, whatever of it still comes', () => {
  const play = new InlinePlay(policyWith([rule()]), { tellsApplications: true })
  play.handshake()
  assert.equal(play.tcp({ data: post('{"note":"nothing"}') }), 'release')
  for (let second = 0; second < 30; second++) {
    play.now += 1_000_000
    play.tcp({ data: 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', from: 'partner' })
    play.told()
  }
  assert.deepEqual(
    play.flows.map(({ application }) => application),
    ['HTTP'],
  )
})
