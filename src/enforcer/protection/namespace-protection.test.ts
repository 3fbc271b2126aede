import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyPolicy, type GroupDefinition, type Mode, type RuleDefinition } from '../../policy/definition.ts'
import { LivePolicy } from '../../policy/live/live-policy.ts'
import type { AddressChange } from '../../kernel/netfilter/address-maps.ts'
import { sampleWorkload } from '../../../test/records.ts'
import { nothingTouched } from './decided-subjects.ts'
import { NamespaceProtection, type ProtectionState } from './namespace-protection.ts'

const PATH = '/proc/7/ns/net'
const allow: RuleDefinition = {
  id: 'r',
  tier: 'yaml',
  priority: 0,
  from: 'nv.web.clinic',
  to: 'nv.api.clinic',
  applications: [],
  ports: 'tcp/80',
  action: 'allow',
}

/** A namespace of one workload whose group is in this mode, with what is done to it written down. */
function protect(mode: Mode, group: Partial<GroupDefinition> = {}) {
  const done: string[] = []
  const states: ProtectionState[] = []
  const changes: AddressChange[] = []
  const quarantined = new Set<string>()
  let generation = 2
  const generations: number[] = []
  const failing = { put: false, isLeft: false }
  const live = new LivePolicy(emptyPolicy)
  const define = (newMode: Mode, change: Partial<GroupDefinition> = {}) =>
    live.define({
      ...emptyPolicy,
      newServiceMode: 'Protect',
      rules: [allow],
      groups: [{ name: 'nv.web.clinic', criteria: [], mode: newMode, ...change }],
    })
  define(mode, group)
  live.started(sampleWorkload({ id: 'docker:web', service: 'web', namespace: 'clinic' }), 'node-1')
  const protection = new NamespaceProtection({
    live,
    quarantined: () => quarantined,
    rules: {
      put: (path, { kind, ...rest }) => {
        if (failing.put) throw new Error('EPERM')
        done.push(`put ${path} ${kind}${'failOpen' in rest ? ` ${rest.failOpen ? 'open' : 'closed'}` : ''}`)
        return ++generation
      },
      askAgain: (path) => {
        done.push(`ask again ${path}`)
        return ++generation
      },
      change: (_, change) => void changes.push(change),
      isLeft: () => failing.isLeft,
      remove: (path) => void done.push(`remove ${path}`),
    },
    order: (order) => {
      done.push(order.kind)
      if (order.kind === 'hold') generations.push(order.generation)
    },
    changed: (state) => void states.push(state),
    warn: (message) => void done.push(message),
  })
  const present = () => protection.present(1, PATH, ['docker:web'])
  return { protection, present, define, done, generations, states, changes, quarantined, failing, live }
}

test('packets are held where the group is in Protect: rules first, then somebody who serves them', () => {
  for (const [mode, expected] of [
    ['Discover', []],
    ['Monitor', []],
    ['Protect', [`put ${PATH} held open`, 'hold']],
  ] as const) {
    const { present, done } = protect(mode)
    present()
    present()
    assert.deepEqual(done, expected, mode)
  }
})

test('it is told when a queue is served, and that rules were there before', () => {
  const { protection, present, states, failing } = protect('Protect')
  failing.isLeft = true
  present()
  assert.equal(states.at(-1)?.heldAt, undefined)
  protection.held(1, 1_000)
  assert.deepEqual([states.at(-1)?.heldAt, states.at(-1)?.isTakenOver], [1_000, true])
})

test('since when packets are held stays the same when connections are asked about again, and is told anew with other rules', () => {
  const { protection, present, define, states } = protect('Protect')
  present()
  protection.held(1, 1_000)
  protection.policyChanged({ touched: 'all' })
  protection.held(1, 2_000)
  assert.equal(states.at(-1)?.heldAt, 1_000)
  define('Protect', { onFailure: 'closed' })
  protection.policyChanged(nothingTouched)
  protection.held(1, 3_000)
  assert.equal(states.at(-1)?.heldAt, 3_000)
})

test('rules that are left where nothing is to be protected go', () => {
  const { present, done, failing } = protect('Monitor')
  failing.isLeft = true
  present()
  assert.deepEqual(done, [`remove ${PATH}`])
})

test('a group’s wish, a mode and a quarantine are followed as they change', () => {
  const { protection, present, define, done, quarantined } = protect('Protect')
  present()
  define('Protect', { onFailure: 'closed' })
  protection.policyChanged(nothingTouched)
  quarantined.add('docker:web')
  protection.policyChanged(nothingTouched)
  quarantined.clear()
  protection.policyChanged(nothingTouched)
  define('Monitor')
  protection.policyChanged(nothingTouched)
  protection.gone(1)
  assert.deepEqual(done, [
    ...[`put ${PATH} held open`, 'hold'],
    ...[`put ${PATH} held closed`, 'hold'],
    ...[`put ${PATH} quarantine`, 'let-go'],
    ...[`put ${PATH} held closed`, 'hold'],
    ...[`remove ${PATH}`, 'let-go'],
  ])
})

test('what cannot be protected is told, and tried again when something has changed', () => {
  const { protection, present, done, states, failing } = protect('Protect')
  failing.put = true
  present()
  assert.deepEqual([states.at(-1)?.protection.kind, states.at(-1)?.failure], ['none', 'EPERM'])
  failing.put = false
  protection.policyChanged(nothingTouched)
  assert.deepEqual(done, [`put ${PATH} held open`, 'hold'])
})

test('where no worker can serve a queue traffic passes again, unless it may not', () => {
  const open = protect('Protect')
  open.present()
  open.protection.holdFailed(1, 'EBUSY')
  assert.deepEqual(open.done, [`put ${PATH} held open`, 'hold', `remove ${PATH}`, 'let-go'])
  assert.equal(open.states.at(-1)?.failure, 'EBUSY')
  const closed = protect('Protect', { onFailure: 'closed' })
  closed.present()
  closed.protection.holdFailed(1, 'EBUSY')
  assert.deepEqual(closed.done, [`put ${PATH} held closed`, 'hold', 'let-go'])
})

test('at the end no rule stays but those of a quarantine', () => {
  const { protection, present, done, quarantined } = protect('Protect')
  present()
  protection.stop()
  assert.equal(done.at(-1), `remove ${PATH}`)
  quarantined.add('docker:web')
  present()
  protection.stop()
  assert.equal(done.at(-1), `put ${PATH} quarantine`)
})

test('what addresses alone deny is the kernel’s, and follows those who come and go', () => {
  const { protection, present, changes, live } = protect('Protect')
  present()
  assert.deepEqual([changes[0].isWhole, changes[0].refusedOtherwise], [true, ['outgoing', 'incoming']])
  const api = sampleWorkload({
    id: 'docker:api',
    service: 'api',
    namespace: 'clinic',
    addresses: ['10.9.0.9'],
  })
  live.started(api, 'node-1')
  protection.policyChanged({ ...nothingTouched, moved: ['10.9.0.9'] })
  const added = changes[1].added.filter(
    ({ firstAddress, isRefused }) => firstAddress === '10.9.0.9' && !isRefused,
  )
  assert.ok(added.some(({ firstPort, lastPort }) => firstPort <= 80 && lastPort >= 80))
  protection.policyChanged({ ...nothingTouched, moved: ['10.9.0.9'] })
  assert.equal(changes.length, 2, 'nothing has changed')
})

test('connections that were decided about are asked about again when a change is about them, and only then', () => {
  const rows: [touched: 'all' | string[], isAskedAgain: boolean][] = [
    [[], false],
    [['nv.api.clinic'], false],
    [['nv.api.clinic', 'nv.web.clinic'], true],
    ['all', true],
  ]
  for (const [touched, isAskedAgain] of rows) {
    const { protection, present, done, generations } = protect('Protect')
    present()
    done.length = 0
    protection.policyChanged({ touched: touched === 'all' ? touched : new Set(touched) })
    assert.deepEqual(done, isAskedAgain ? [`ask again ${PATH}`, 'hold'] : [], String(touched))
    assert.deepEqual(generations, isAskedAgain ? [3, 4] : [3])
  }
})
