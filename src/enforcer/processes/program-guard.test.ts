import assert from 'node:assert/strict'
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { FileStatus } from '../../kernel/file-status.ts'
import type { Baseline, Mode, ProcessRule } from '../../policy/definition.ts'
import { profileOf } from '../../policy/processes/profile.ts'
import type { ProgramObservation } from './gate-messages.ts'
import { GuardedContainers } from './guarded-containers.ts'
import { ProgramGuard } from './program-guard.ts'

interface Case {
  what: string
  file: string
  content?: string
  mode?: Mode
  baseline?: Baseline
  rules?: Partial<ProcessRule>[]
  /** Of a hundred starts within a moment. */
  allowed: number
  /** Whether the kernel is told to let it through. */
  passes: boolean
}

const cases: Case[] = [
  { what: 'what is learned', file: 'tool', allowed: 100, passes: true },
  {
    what: 'what the image brought',
    file: 'tool',
    mode: 'Protect',
    baseline: 'zero-drift',
    allowed: 100,
    passes: true,
  },
  { what: 'what is not listed', file: 'tool', mode: 'Protect', allowed: 0, passes: false },
  {
    what: 'what is suspicious by its name',
    file: 'nmap',
    mode: 'Protect',
    baseline: 'zero-drift',
    allowed: 0,
    passes: false,
  },
  { what: 'the same in Discover', file: 'nmap', allowed: 100, passes: false },
  {
    what: 'what a rule denies',
    file: 'tool',
    mode: 'Protect',
    baseline: 'zero-drift',
    rules: [{ action: 'deny', name: 'tool' }],
    allowed: 0,
    passes: false,
  },
  {
    what: 'what a rule tells users of apart',
    file: 'tool',
    rules: [{ name: 'tool', user: 'nobody' }],
    allowed: 100,
    passes: false,
  },
  { what: 'a script', file: 'script', content: '#!/bin/sh\n', allowed: 100, passes: false },
  {
    what: 'a shell in Protect',
    file: 'bash',
    mode: 'Protect',
    baseline: 'zero-drift',
    allowed: 100,
    passes: false,
  },
]

test('a hundred starts come to the same as one, and what they may pass by does not depend on how they are made', (t) => {
  for (const each of cases) {
    const { allowed, passes, told } = startOften(t, each)
    assert.deepEqual(
      { allowed, passes: passes > 0 },
      { allowed: each.allowed, passes: each.passes },
      each.what,
    )
    const counted = told.reduce((sum, { count }) => sum + count, 0)
    assert.ok(counted >= 20 && counted <= 100, each.what)
  }
})

function startOften(
  t: TestContext,
  { file, content = 'x', mode = 'Discover', baseline = 'basic', rules = [] }: Case,
) {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, file)
  writeFileSync(path, content)
  const processes = rules.map((rule) => ({ action: 'allow' as const, name: '', path: '', ...rule }))
  const group = { name: 'nv.x', criteria: [], profile: { baseline, processes, files: [] } }
  const told: ProgramObservation[] = []
  let passes = 0
  const guard = new ProgramGuard(containersOf(path, profileOf([group], mode)), {
    observed: (observation) => void told.push(observation),
    pass: () => void passes++,
  })
  const fd = openSync(path, 'r')
  try {
    const answers = Array.from({ length: 100 }, () => guard.decide(fd, process.ppid))
    return { allowed: answers.filter((answer) => answer).length, passes, told }
  } finally {
    closeSync(fd)
  }
}

/** One container whose only mount is the one that the file lies on; everything in it is as old as the image. */
function containersOf(path: string, profile: ReturnType<typeof profileOf>): GuardedContainers {
  const status = new FileStatus()
  assert.ok(status.ofPath(path))
  const { mountId, device } = status
  const containers = new GuardedContainers()
  containers.add({
    ...{ workload: 'docker:1', container: undefined, pid: 1, mounts: [mountId], ownMounts: [mountId] },
    ...{ devices: [], image: { kind: 'plain', mount: mountId, device, since: 1e12 }, profile },
    users: { ranges: [{ inside: 0, outside: 0, count: 1e9 }], names: new Map() },
  })
  return containers
}
