import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProgramOrigin } from '../../model/records.ts'
import type { Baseline, GroupDefinition, Mode, ProcessRule } from '../definition.ts'
import { programName } from './applets.ts'
import { decidePart, decideProcess, isSameForAll, type ProcessFacts } from './process-verdict.ts'
import { profileOf } from './profile.ts'

interface Case {
  what: string
  mode?: Mode
  baseline?: Baseline
  rules?: Partial<ProcessRule>[]
  facts?: Partial<ProcessFacts>
  expected: string
}

function rule(given: Partial<ProcessRule>): ProcessRule {
  return { action: 'allow', name: '', path: '', ...given }
}

function group(rules: Partial<ProcessRule>[], baseline?: Baseline): GroupDefinition {
  const profile = { processes: rules.map(rule), files: [], ...(baseline === undefined ? {} : { baseline }) }
  return { name: 'nv.api.clinic', criteria: [], profile }
}

const node: ProcessFacts = { name: 'node', path: '/usr/bin/node', uid: 0, origin: 'image' }
const netcat = { kind: 'netcat', severity: 'high', isNeverExcused: false } as const
const reverseShell = { kind: 'reverse-shell', severity: 'critical', isNeverExcused: true } as const
const allowNode = { name: 'node', path: '/usr/bin/node' }

const cases: Case[] = [
  { what: 'not listed, Discover', expected: 'learn not-listed' },
  { what: 'not listed, Monitor', mode: 'Monitor', expected: 'report not-listed' },
  { what: 'not listed, Protect', mode: 'Protect', expected: 'block not-listed' },
  { what: 'listed', mode: 'Protect', rules: [allowNode], expected: 'allow rule' },
  { what: 'listed by name', mode: 'Protect', rules: [{ name: 'node' }], expected: 'allow rule' },
  { what: 'by a folder', mode: 'Protect', rules: [{ path: '/usr/bin/*' }], expected: 'allow rule' },
  {
    what: 'of another path',
    mode: 'Protect',
    rules: [{ name: 'node', path: '/x' }],
    expected: 'block not-listed',
  },
  { what: 'denied, Discover', rules: [{ ...allowNode, action: 'deny' }], expected: 'report rule' },
  {
    what: 'denied, Protect',
    mode: 'Protect',
    rules: [{ action: 'deny', name: 'no*' }],
    expected: 'block rule',
  },
  {
    what: 'the first rule counts',
    mode: 'Protect',
    rules: [allowNode, { action: 'deny', name: 'node' }],
    expected: 'allow rule',
  },
  {
    what: 'a federal rule before',
    mode: 'Protect',
    rules: [allowNode, { action: 'deny', name: 'node', tier: 'federal' }],
    expected: 'block rule',
  },
  {
    what: 'of a user',
    mode: 'Protect',
    rules: [{ name: 'node', user: 'app' }],
    expected: 'block not-listed',
  },
  {
    what: 'of that user by name',
    mode: 'Protect',
    rules: [{ name: 'node', user: 'app' }],
    facts: { uid: 1000, userName: 'app' },
    expected: 'allow rule',
  },
  {
    what: 'of that user by number',
    mode: 'Protect',
    rules: [{ name: 'node', user: '1000' }],
    facts: { uid: 1000 },
    expected: 'allow rule',
  },
  { what: 'of the image', mode: 'Protect', baseline: 'zero-drift', expected: 'allow image' },
  {
    what: 'added',
    mode: 'Protect',
    baseline: 'zero-drift',
    facts: { origin: 'added' },
    expected: 'block drift',
  },
  {
    what: 'changed',
    mode: 'Monitor',
    baseline: 'zero-drift',
    facts: { origin: 'changed' },
    expected: 'report drift',
  },
  { what: 'added, Discover', baseline: 'zero-drift', facts: { origin: 'added' }, expected: 'report drift' },
  {
    what: 'added and listed',
    mode: 'Protect',
    baseline: 'zero-drift',
    rules: [allowNode],
    facts: { origin: 'added' },
    expected: 'block drift',
  },
  {
    what: 'added and listed with updates',
    mode: 'Protect',
    baseline: 'zero-drift',
    rules: [{ ...allowNode, allowUpdate: true }],
    facts: { origin: 'added' },
    expected: 'allow rule',
  },
  {
    what: 'of unknown origin',
    mode: 'Protect',
    baseline: 'zero-drift',
    facts: { origin: 'unknown' },
    expected: 'block not-listed',
  },
  { what: 'suspicious is not learned', facts: { suspicion: netcat }, expected: 'report suspicious' },
  {
    what: 'suspicious, of the image',
    mode: 'Protect',
    baseline: 'zero-drift',
    facts: { suspicion: netcat },
    expected: 'block suspicious',
  },
  {
    what: 'suspicious but allowed',
    mode: 'Protect',
    rules: [allowNode],
    facts: { suspicion: netcat },
    expected: 'allow rule',
  },
  {
    what: 'a reverse shell whose shell is allowed',
    mode: 'Protect',
    rules: [allowNode],
    facts: { suspicion: reverseShell },
    expected: 'block suspicious',
  },
]

test('whether a program may run', () => {
  for (const { what, mode = 'Discover', baseline, rules = [], facts, expected } of cases) {
    const { effect, reason } = decideProcess(profileOf([group(rules, baseline)], mode), { ...node, ...facts })
    assert.equal(`${effect} ${reason}`, expected, what)
  }
})

test('a verdict names the rule and its group', () => {
  const profile = profileOf([group([{ action: 'deny', name: 'node', user: 'app' }])], 'Protect')
  const { rule: id } = decideProcess(profile, { ...node, uid: 1000, userName: 'app' })
  assert.equal(id, 'nv.api.clinic: deny node of app')
})

test('an interpreter is implied by what it is needed for, unless it is denied or has drifted', () => {
  const of = (rules: Partial<ProcessRule>[], baseline: Baseline, origin: ProgramOrigin) =>
    decidePart(profileOf([group(rules, baseline)], 'Protect'), { ...node, origin }).effect
  assert.equal(of([], 'basic', 'image'), 'allow')
  assert.equal(of([{ action: 'deny', name: 'node' }], 'basic', 'image'), 'block')
  assert.equal(of([], 'zero-drift', 'added'), 'block')
})

test('what a profile says of a file may depend on its user or on the name it is called by', () => {
  const says = (rules: Partial<ProcessRule>[]) =>
    isSameForAll(profileOf([group(rules)], 'Protect'), '/bin/busybox')
  assert.equal(says([]), true)
  assert.equal(says([{ name: 'busybox' }, { path: '/usr/*' }]), true)
  assert.equal(says([{ name: 'nc' }]), false)
  assert.equal(says([{ path: '/bin/*', user: 'root' }]), false)
})

test('a program that is many is named as it is called', () => {
  const called = (...given: string[]) => programName('/bin/busybox', given)
  assert.equal(called('nc', '-l'), 'nc')
  assert.equal(called('/bin/nc'), 'nc')
  assert.equal(called('-sh'), 'sh')
  assert.equal(called('busybox', 'nc'), 'nc')
  assert.equal(called('/bin/busybox'), 'busybox')
  assert.equal(called('busybox', '--list'), 'busybox')
  assert.equal(called(), 'busybox')
  assert.equal(programName('/usr/bin/coreutils', ['coreutils', '--coreutils-prog=ls']), 'ls')
  assert.equal(programName('/usr/bin/env', ['nc']), 'env')
})
