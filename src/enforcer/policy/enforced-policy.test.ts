import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { sampleState } from '../../../test/records.ts'
import type { PolicyPart } from '../../model/enforcer-messages.ts'
import { emptyPolicy, type PolicyDefinition } from '../../policy/definition.ts'
import { EnforcedPolicy } from './enforced-policy.ts'
import { digestOf } from './kept-file.ts'

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-enforced-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

function open(folder: string | undefined): { policy: EnforcedPolicy; told: string[]; log: string[] } {
  const log: string[] = []
  const policy = new EnforcedPolicy({
    node: 'node-1',
    folder,
    log: (level, text) => log.push(`${level}: ${text}`),
  })
  const told: string[] = []
  policy.onChange((change) => told.push(change))
  return { policy, told, log }
}

/** A policy whose groups are in this mode, as messages. */
function sent(version: number, mode: PolicyDefinition['newServiceMode'], parts = 1): PolicyPart[] {
  const text = JSON.stringify({ ...emptyPolicy, newServiceMode: mode })
  const size = Math.ceil(text.length / parts)
  return Array.from({ length: parts }, (_, i) => ({
    version,
    digest: digestOf(text),
    part: i + 1,
    parts,
    text: text.slice(i * size, (i + 1) * size),
  }))
}

function take(policy: EnforcedPolicy, parts: readonly PolicyPart[]): boolean[] {
  return parts.map((part) => policy.receive({ kind: 'policy', ...part }))
}

const modeOf = ({ live }: EnforcedPolicy) => live.definition.newServiceMode

test('a policy holds when its last part has come, and is answered then', () => {
  const { policy, told } = open(undefined)
  assert.deepEqual(take(policy, sent(1, 'Protect', 3)), [false, false, true])
  assert.equal(modeOf(policy), 'Protect')
  assert.equal(policy.version, 1)
  assert.deepEqual(policy.enforced, { policy: sent(1, 'Protect')[0].digest, quarantined: [] })
  assert.deepEqual(told, ['policy'])
})

test('parts that are not one policy change nothing', () => {
  const { policy, told } = open(undefined)
  const [first, second] = sent(1, 'Protect', 2)
  const [other] = sent(2, 'Monitor', 2)
  take(policy, [
    first,
    { ...second, text: `${second.text} ` },
    other,
    second,
    first,
    first,
    { ...second, part: 3, parts: 3 },
  ])
  assert.deepEqual(told, [])
  assert.equal(policy.version, null)
})

test('what is no policy is refused, told of and answered, and the one before holds', () => {
  const { policy, log } = open(undefined)
  take(policy, sent(1, 'Monitor'))
  const text = '{"rules": 7}'
  const message = { version: 2, digest: digestOf(text), part: 1, parts: 1, text }
  assert.deepEqual(take(policy, [message]), [true])
  assert.equal(modeOf(policy), 'Monitor')
  assert.match(log.join('\n'), /error: the policy that was sent cannot be used/)
})

test('the last policy and who is in quarantine are there again after a restart', (t) => {
  const folder = folderOf(t)
  const { policy } = open(folder)
  take(policy, [...sent(1, 'Monitor'), ...sent(2, 'Protect')])
  const quarantined = [{ workload: 'docker:web', since: '2026-01-01T00:00:00.000Z', reason: 'by hand' }]
  assert.equal(policy.receive({ kind: 'quarantine', workloads: quarantined }), true)
  const again = open(folder).policy
  assert.equal(modeOf(again), 'Protect')
  assert.equal(again.version, 2)
  assert.deepEqual(again.enforced, policy.enforced)
  assert.deepEqual([...again.quarantined.values()], quarantined)
})

const damages: [name: string, damage: (bytes: Buffer) => Buffer][] = [
  ['cut', (bytes) => bytes.subarray(0, bytes.length - 3)],
  ['empty', () => Buffer.alloc(0)],
  [
    'with a bit that fell over',
    (bytes) => bytes.map((byte, i) => (i === bytes.length - 9 ? byte ^ 1 : byte)) as Buffer,
  ],
]
for (const [name, damage] of damages) {
  test(`a file that is ${name} is told of, and the one before it taken`, (t) => {
    const folder = folderOf(t)
    take(open(folder).policy, [...sent(1, 'Monitor'), ...sent(2, 'Protect')])
    const path = join(folder, 'policy')
    writeFileSync(path, damage(readFileSync(path)))
    const { policy, log } = open(folder)
    assert.equal(modeOf(policy), 'Monitor')
    assert.deepEqual(log, [`warn: ${path} is damaged: the one before it is taken`])
  })
}

test('with both files damaged there are no rules, and that is told', (t) => {
  const folder = folderOf(t)
  take(open(folder).policy, [...sent(1, 'Monitor'), ...sent(2, 'Protect')])
  for (const name of ['policy', 'policy.previous']) writeFileSync(join(folder, name), 'x')
  const { policy, log } = open(folder)
  assert.equal(policy.version, null)
  assert.match(log.join(), /there is no policy but that/)
})

test('workloads come and go, and those who follow are told', () => {
  const { policy, told } = open(undefined)
  const state = sampleState({ id: 'docker:web', addresses: ['10.0.0.5'] })
  policy.workload(state)
  assert.ok(policy.live.peerOfWorkload('docker:web') >= 0)
  policy.workload({ ...state, stoppedAt: '2026-01-01T00:00:00.000Z' })
  assert.equal(policy.live.peerOfWorkload('docker:web'), -1)
  assert.deepEqual(told, ['workloads', 'workloads'])
})
