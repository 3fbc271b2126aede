import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { styleFor } from '../terminal/style.ts'
import type { KernelFeature } from '../../kernel/probe.ts'
import { type Check, lacking, limited, ok } from './check.ts'
import { checkClock } from './clock-check.ts'
import { checkDisk, probeDisk } from './disk-check.ts'
import { checkLeftovers, type Enforced } from './leftovers-check.ts'
import { checkKernel, probeKernel } from './kernel-check.ts'
import { checkNode } from './node-check.ts'
import { checkPrivileges } from './privileges-check.ts'
import { reportLines } from './report.ts'

/** That a check says so, and nothing of what is wrong where nothing is. */
function assertCheck(check: Check, state: Check['state'], said: RegExp): void {
  assert.equal(check.state, state, JSON.stringify(check))
  assert.match([check.found, check.costs, check.nextStep].join(' | '), said)
  assert.equal(check.costs === undefined, state === 'ok')
}

test('Node is well while it gets security fixes', () => {
  const rows: [version: string, now: string, state: Check['state'], said: RegExp][] = [
    ['24.21.0', '2026-11-21', 'ok', /until 2028-04-30/],
    ['26.1.0', '2028-06-01', 'ok', /until 2029-04-30/],
    ['24.21.0', '2028-06-01', 'limited', /without security fixes since 2028-04-30/],
    ['25.0.0', '2026-11-21', 'limited', /not a long-term release/],
  ]
  for (const [version, now, state, said] of rows) assertCheck(checkNode(version, new Date(now)), state, said)
})

test('what a missing capability costs is said', () => {
  const rows: [effective: string, state: Check['state'], said: RegExp][] = [
    ['000001ffffffffff', 'ok', /CAP_SYS_ADMIN/],
    ['0000000000283000', 'ok', /CAP_NET_RAW/],
    ['0000000000000000', 'lacking', /without CAP_NET_RAW, CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_SYS_PTRACE/],
    ['0000000000281000', 'lacking', /^without CAP_NET_RAW \| Not possible: reading packets\./],
    // What a container gets unless it asks for more.
    ['00000000a80425fb', 'lacking', /without CAP_NET_ADMIN, CAP_SYS_ADMIN, CAP_SYS_PTRACE/],
  ]
  for (const [effective, state, said] of rows) {
    assertCheck(
      checkPrivileges(`Name:\tnode\nCapPrm:\t0000000000000000\nCapEff:\t${effective}\n`),
      state,
      said,
    )
  }
  assert.equal(checkPrivileges('').state, 'lacking')
})

function feature(name: string, about: Partial<KernelFeature> = {}): KernelFeature {
  return {
    name,
    available: true,
    detail: 'tried',
    without: `no ${name}`,
    isNeeded: true,
    isUsed: true,
    ...about,
  }
}

test('a kernel is well when what the tap needs worked', () => {
  const missing = { available: false, detail: 'it said no', reason: 'failed' } as const
  const rows: [features: KernelFeature[] | { untried: string }, state: Check['state'], said: RegExp][] = [
    [[feature('rings'), feature('polling')], 'ok', /^Linux 6\.1\.0: rings, polling \|/],
    [
      [feature('rings'), feature('BTF', { isNeeded: false, isUsed: false })],
      'ok',
      /rings; not used yet: BTF/,
    ],
    [
      [feature('rings'), feature('BTF', { ...missing, isNeeded: false, isUsed: false })],
      'ok',
      /not used yet: no BTF/,
    ],
    [
      [feature('rings'), feature('queue', { ...missing, isNeeded: false })],
      'limited',
      /without queue \(it said no\) .*no queue\./,
    ],
    [[feature('rings', missing), feature('polling')], 'lacking', /without rings \(it said no\) .*no rings\./],
    [
      [feature('rings', { ...missing, reason: 'not-permitted' })],
      'limited',
      /not allowed to try rings .*sudo/,
    ],
    [
      [feature('rings', { ...missing, reason: 'not-permitted' }), feature('polling', missing)],
      'lacking',
      /rings .*polling/,
    ],
    [{ untried: 'no koffi for riscv' }, 'lacking', /no koffi for riscv/],
  ]
  for (const [features, state, said] of rows) {
    assertCheck(checkKernel({ release: '6.1.0', features }), state, said)
  }
})

test('a kernel is asked by trying', async () => {
  const { release, features } = await probeKernel()
  assert.match(release, /^\d+\.\d+/)
  assert.ok(Array.isArray(features))
  assert.ok(features.some(({ name, available }) => name === 'polling' && available))
})

test('a disk is well when it is local, lasting, and has room for the store', () => {
  const gibibyte = 2 ** 30
  const rows: [freeBytes: number, fileSystem: number, state: Check['state'], said: RegExp][] = [
    [80 * gibibyte, 0xef53, 'ok', /80\.0 GiB free for \/state/],
    [1 * gibibyte, 0xef53, 'limited', /1\.0 GiB free .*may grow to 2\.0 GiB/],
    [80 * gibibyte, 0x0102_1994, 'limited', /in memory/],
    [80 * gibibyte, 0x6969, 'lacking', /network file system/],
  ]
  for (const [freeBytes, fileSystem, state, said] of rows) {
    assertCheck(checkDisk({ folder: '/state', freeBytes, fileSystem }), state, said)
  }
})

test('a disk is looked at where the folder will be made', () => {
  const { freeBytes, fileSystem } = probeDisk(tmpdir())
  assert.ok(freeBytes > 0)
  assert.equal(probeDisk(join(tmpdir(), 'not', 'yet', 'there')).fileSystem, fileSystem)
})

test('a clock is well when it can be right and something keeps it', () => {
  assertCheck(checkClock(new Date('2026-11-21T09:00:00Z'), true), 'ok', /kept by a time service/)
  assertCheck(checkClock(new Date('2026-11-21T09:00:00Z'), false), 'limited', /no time service/)
  assertCheck(checkClock(new Date('1970-01-01T00:10:00Z'), true), 'lacking', /before this release/)
})

test('rules are well while somebody serves them', () => {
  const held = { path: '/proc/7/ns/net', isServed: true, isQuarantined: false }
  const rows: [found: Enforced[] | undefined, state: Check['state'], said: RegExp][] = [
    [undefined, 'ok', /takes root/],
    [[], 'ok', /0 network namespaces held, 0 in quarantine/],
    [
      [held, { ...held, isServed: false, isQuarantined: true }],
      'ok',
      /1 network namespaces held, 1 in quarantine/,
    ],
    [[held, { ...held, isServed: false }], 'limited', /1 with rules that nobody serves: \/proc\/7.*--repair/],
  ]
  for (const [found, state, said] of rows) assertCheck(checkLeftovers(found), state, said)
})

test('a person reads what is wrong, what it costs, what to do, and what it comes to', () => {
  const finding = { found: 'without it', costs: 'No packets.', nextStep: 'Be root.' }
  assert.deepEqual(
    reportLines([ok('node', 'Node 24'), lacking('privileges', finding)], styleFor(false, {})),
    [
      'ok       node: Node 24',
      'LACKING  privileges: without it',
      '         No packets.',
      '         Be root.',
      '',
      'Not all that watching containers takes is here: privileges.',
    ],
  )
  assert.equal(
    reportLines([ok('node', '')], styleFor(false, {})).at(-1),
    'All that watching containers takes is here.',
  )
  assert.match(reportLines([limited('disk', finding)], styleFor(false, {})).at(-1) ?? '', /within limits/)
})
