import { parseAddress } from '../src/lib/ip.ts'
import {
  emptyPolicy,
  type GroupDefinition,
  type PolicyDefinition,
  type RuleDefinition,
} from '../src/policy/definition.ts'
import { KernelPolicy } from '../src/policy/kernel/kernel-policy.ts'
import { LivePolicy } from '../src/policy/live/live-policy.ts'
import type { Workload } from '../src/model/workload.ts'
import type { Subject } from '../src/policy/groups/subject.ts'
import { Policy } from '../src/policy/policy.ts'
import { applicationNumber } from '../src/policy/rules/applications.ts'
import { TransportCode } from '../src/policy/rules/transport.ts'

/* A policy of 10,000 rules over 1,000 groups: what compiling it, changing it and asking it takes. */

const SERVICES = 700
const CUSTOM = 200
const PARTNERS = 100
const RULES = 10_000
const WORKLOADS = 2000
const CHANGES = 50
const VERDICTS = 2_000_000

const serviceName = (i: number) => `svc-${i % SERVICES}.ns-${i % 20}`
const applications = ['HTTP', 'SSL', 'Redis', 'PostgreSQL', 'DNS']

function makeGroups(): GroupDefinition[] {
  const learned = Array.from({ length: SERVICES }, (_, i) => ({
    name: `nv.${serviceName(i)}`,
    criteria: [],
    mode: 'Protect' as const,
  }))
  const custom = Array.from({ length: CUSTOM }, (_, i) => ({
    name: `custom-${i}`,
    criteria: [
      { key: 'image', op: 'prefix' as const, value: `registry.example/team-${i % 40}/` },
      { key: 'tier', op: i % 3 === 0 ? ('regex' as const) : ('=' as const), value: `t${i % 7}` },
    ],
  }))
  const partners = Array.from({ length: PARTNERS }, (_, i) => ({
    name: `partner-${i}`,
    criteria: [
      { key: 'address', op: '=' as const, value: `198.51.${i}.0/24` },
      { key: 'address', op: '=' as const, value: `2001:db8:${i.toString(16)}::/48` },
      { key: 'address', op: '=' as const, value: `*.partner-${i}.example` },
    ],
  }))
  return [...learned, ...custom, ...partners]
}

function makeRule(i: number, groups: readonly GroupDefinition[]): RuleDefinition {
  return {
    id: `rule-${i}`,
    tier: i % 3 === 0 ? 'yaml' : 'learned',
    priority: i % 3 === 0 ? i % 101 : 0,
    from: groups[(i * 7919) % SERVICES].name,
    to: i % 50 === 0 ? 'containers' : groups[(i * 104_729) % groups.length].name,
    applications: i % 2 === 0 ? [applications[i % applications.length]] : [],
    ports: `tcp/${1000 + (i % 500)},udp/53`,
    action: i % 11 === 0 ? 'deny' : 'allow',
  }
}

function makeSubject(i: number): Subject {
  const service = serviceName(i)
  const image = `registry.example/team-${i % 40}/app-${i % SERVICES}:1`
  const attributes = Object.entries({
    service,
    image,
    tier: `t${i % 7}`,
    domain: `ns-${i % 20}`,
    container: `c-${i}`,
  })
  return { id: `w${i}`, kind: 'workload', attributes: new Map(attributes), learnedGroup: `nv.${service}` }
}

export function run(): void {
  const groups = makeGroups()
  const rules = Array.from({ length: RULES }, (_, i) => makeRule(i, groups))
  const definition = { ...emptyPolicy, groups, rules }
  const policy = benchCompile(definition)
  benchChanges(policy, groups)
  benchVerdicts(policy)
  benchKernel(definition)
}

function benchCompile(definition: PolicyDefinition): Policy {
  const start = performance.now()
  const policy = new Policy(definition)
  const compiled = performance.now()
  for (let i = 0; i < WORKLOADS; i++) policy.addSubject(makeSubject(i))
  const joined = performance.now()
  report('compile, 10,000 rules over 1,000 groups', compiled - start, 'ms', 1000)
  report(`${WORKLOADS} workloads join`, joined - compiled, 'ms')
  return policy
}

function benchChanges(policy: Policy, groups: readonly GroupDefinition[]): void {
  const rule = (i: number) => ({ ...makeRule(i, groups), id: `new-${i}` })
  const changes: [what: string, change: (i: number) => void][] = [
    ['a rule comes', (i) => policy.change({ rules: [rule(i)] })],
    ['a rule goes', (i) => policy.change({ removedRules: [`rule-${i}`] })],
    ['a workload comes', (i) => policy.addSubject(makeSubject(WORKLOADS + i))],
    ['a mode changes', (i) => policy.setMode(groups[i].name, i % 2 === 0 ? 'Monitor' : 'Protect')],
    ['a group changes', (i) => policy.change({ groups: [groups[i + SERVICES]] })],
  ]
  for (const [what, change] of changes) {
    const times = Array.from({ length: CHANGES }, (_, i) => timed(() => change(i))).toSorted((a, b) => a - b)
    report(`${what}, median of ${CHANGES}`, times[CHANGES >> 1], 'ms', 20)
    report(`${what}, slowest`, times[CHANGES - 1], 'ms')
  }
}

/** The policy as one workload's kernel gets it. */
function benchKernel(definition: PolicyDefinition): void {
  const live = new LivePolicy(definition)
  for (let i = 0; i < WORKLOADS; i++) live.started(makeWorkload(i), 'node-1')
  const kernel = new KernelPolicy(live, { subject: 'w0', inspectsContent: false, tellsApplications: false })
  report(
    'for the kernel of one workload',
    timed(() => kernel.compile()),
    'ms',
    1000,
  )
  report('elements of its maps', kernel.elements.length, '')
  const own = `nv.${serviceName(0)}`
  const changes: [what: string, change: (i: number) => void][] = [
    [
      'a workload comes, for that kernel',
      (i) => {
        live.started(makeWorkload(WORKLOADS + i), 'node-1')
        kernel.membersChanged(makeWorkload(WORKLOADS + i).addresses)
      },
    ],
    [
      'a rule comes, for that kernel',
      (i) => {
        const rule = {
          ...makeRule(i, definition.groups),
          id: `new-${i}`,
          ...(i % 2 === 0 ? { from: own } : {}),
        }
        live.policy.change({ rules: [rule] })
        kernel.rulesChanged([rule])
      },
    ],
  ]
  for (const [what, change] of changes) {
    const times = Array.from({ length: CHANGES }, (_, i) => timed(() => change(i))).toSorted((a, b) => a - b)
    report(`${what}, median of ${CHANGES}`, times[CHANGES >> 1], 'ms', 20)
  }
}

function makeWorkload(i: number): Workload {
  const [service, namespace] = serviceName(i).split('.')
  const image = `registry.example/team-${i % 40}/app-${i % SERVICES}:1`
  const nothing = { pid: null, netns: null, netnsPath: null, hostNetwork: false }
  return {
    ...{ id: `w${i}`, runtime: 'docker', name: `c-${i}`, image, labels: { tier: `t${i % 7}` } },
    ...{ service, namespace, ...nothing, startedAt: '2026-11-21T09:00:00Z' },
    addresses: [`10.${i >> 16}.${(i >> 8) & 0xff}.${i & 0xff}`],
  }
}

function benchVerdicts(policy: Policy): void {
  const peers = Array.from({ length: 200 }, (_, i) => policy.peerOfSubject(`w${i * 7}`))
  const addresses = Array.from({ length: 64 }, (_, i) => parseAddress(`198.51.${i * 2}.7`) as Uint8Array)
  const numbers = applications.map(applicationNumber)
  const ask = (i: number) => {
    const from = peers[(i * 31) % peers.length]
    const to = i % 4 === 0 ? policy.peerOfAddress(addresses[i & 63]) : peers[(i * 17) % 50]
    return policy.decide(from, to, TransportCode.tcp, 1000 + (i % 600), numbers[i % numbers.length])
  }
  const first = timed(() => repeat(ask, 20_000))
  report('verdicts on 20,000 connections, pairs not known yet, each', (first * 1e6) / 20_000, 'ns')
  repeat(ask, 200_000)
  const warm = Math.min(...Array.from({ length: 3 }, () => timed(() => repeat(ask, VERDICTS))))
  report('verdict, pair known, with the look-up of an address in 1 of 4', (warm * 1e6) / VERDICTS, 'ns', 1000)
}

/** The sum keeps the calls from being left out. */
function repeat(ask: (i: number) => number, times: number): number {
  let sum = 0
  for (let i = 0; i < times; i++) sum += ask(i)
  return sum
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function report(what: string, value: number, unit: string, goal?: number): void {
  const missed = goal !== undefined && value > goal
  const aim = goal === undefined ? '' : `  (goal ${goal} ${unit}${missed ? ', MISSED' : ''})`
  console.log(`${what.padEnd(68)} ${value.toFixed(unit === 'ms' ? 2 : 0).padStart(8)} ${unit}${aim}`)
  if (missed) process.exitCode = 1
}
