import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { suite, test, type TestContext } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import { startContainerd } from '../runtimes/engines/containerd.ts'
import { busyboxImage, startDockerd } from '../runtimes/engines/dockerd.ts'
import { startPodman } from '../runtimes/engines/podman.ts'
import { cannotRun } from '../runtimes/engines/programs.ts'
import { type LabNode, NetworkLab } from '../support/network-lab.ts'
import { EnforcedLab } from './enforced-lab.ts'
import { answers, web } from './lab-scripts.ts'

/* Real containers of each engine against a partner outside: what the rules allow passes, from the first moment on. */

interface Engine {
  /** Option of `pavise enforcer` that leads to it. */
  option: string
  /** Starts a container without a network. @param labels - `name=value` */
  run: (name: string, labels?: readonly string[]) => Promise<unknown>
}

const sleep = ['sleep', '1000']

function labelled(labels: readonly string[] = []): string[] {
  return labels.flatMap((label) => ['--label', label])
}

async function docker(t: TestContext): Promise<Engine> {
  const { docker: call, socket } = await startDockerd(t)
  const run = async (name: string, labels?: readonly string[]) =>
    call(['run', '-d', '--name', name, ...labelled(labels), '--network', 'none', busyboxImage, ...sleep])
  return { option: `--docker-socket=${socket}`, run }
}

async function podman(t: TestContext): Promise<Engine> {
  const { run, serve } = await startPodman(t)
  return {
    option: `--podman-socket=${await serve()}`,
    run: async (name, labels) =>
      run(['--name', name, ...labelled(labels), '--network', 'none', busyboxImage, ...sleep]),
  }
}

async function containerd(t: TestContext): Promise<Engine> {
  const { run, socket } = await startContainerd(t)
  return {
    option: `--containerd-socket=${socket}`,
    run: async (name, labels) => run('default', name, labelled(labels), sleep),
  }
}

const engines: [name: string, start: (t: TestContext) => Promise<Engine>, skip: string | false][] = [
  ['docker', docker, cannotRun('dockerd', 'docker', 'busybox')],
  ['podman', podman, cannotRun('podman', 'runc', 'busybox')],
  ['containerd', containerd, cannotRun('containerd', 'runc', 'busybox')],
]

/** Only the engine under test is asked. */
function options(option: string): string[] {
  const others = ['docker', 'podman', 'containerd'].filter((name) => !option.startsWith(`--${name}-`))
  return [option, ...others.map((name) => `--${name}-socket=none`), '--netns-folder=none']
}

const rules = `apiVersion: neuvector.com/v1
kind: NvGroupDefinition
metadata: {name: partner}
spec: {selector: {name: partner, criteria: [{key: address, op: =, value: 10.88.0.2}, {key: address, op: =, value: fd88::2}]}}
---
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: to-the-partner}
spec: {from: containers, toGroup: partner, ports: tcp/80}
`

/** Puts a cable between a container and the partner. */
function connect(pid: number, partner: LabNode): LabNode {
  const path = `/proc/${pid}/ns/net`
  const ip = (namespace: string, ...args: string[]) =>
    execFileSync('nsenter', [`--net=${namespace}`, 'ip', ...args])
  const ipv6 = 'for i in /proc/sys/net/ipv6/conf/*/disable_ipv6; do echo 0 > $i; done'
  ip(partner.path, 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(pid))
  // Engines switch it off where they give no address of it.
  execFileSync('nsenter', [`--net=${path}`, 'sh', '-c', ipv6])
  for (const [namespace, device, number] of [
    [path, 'eth0', 1],
    [partner.path, 'cable', 2],
  ] as const) {
    ip(namespace, 'address', 'add', `10.88.0.${number}/24`, 'dev', device)
    ip(namespace, 'address', 'add', `fd88::${number}/64`, 'dev', device, 'nodad')
    ip(namespace, 'link', 'set', device, 'up')
  }
  return { name: 'container', path, address: '10.88.0.1', address6: 'fd88::1' }
}

suite('rules of real containers', () => {
  for (const [name, start, skip] of engines) {
    test(
      `of ${name}: what is allowed passes over IPv4 and IPv6, what is not is refused`,
      { skip, timeout: 120_000 },
      async (t) => {
        const engine = await start(t)
        const lab = new NetworkLab(t)
        const partner = lab.add('partner')
        await lab.start(partner, web)
        const enforced = await EnforcedLab.start(t, options(engine.option))
        await enforced.apply(rules)
        await enforced.mode('Protect')
        // The workers start with the first; how long protection takes is measured with the second.
        await engine.run('first')
        await enforced.held('first')
        await engine.run('shop', ['gdpr=true', 'owner=orders'])
        const { workload, protection } = await enforced.held('shop')
        t.diagnostic(`held ${protection?.afterMs} ms after its start`)
        const shop = connect(workload.pid ?? 0, partner)
        const urls = ['http://10.88.0.2', 'http://[fd88::2]']
        assert.deepEqual(await answers(lab, shop, ...urls), ['welcome', 'welcome'])
        const denied = urls.map((url) => `${url}:8080`)
        assert.deepEqual(await answers(lab, shop, ...denied), ['ECONNREFUSED', 'ECONNREFUSED'])
        const violations = await enforced.violations((all) => all.length >= 2)
        for (const each of violations)
          assert.deepEqual([each.workload, each.action, each.server.port], [workload.id, 'blocked', 8080])
        await checkQuarantine(lab, enforced, { workload, shop })
        await checkLabels(lab, enforced, shop)
      },
    )
  }
})

async function checkQuarantine(
  lab: NetworkLab,
  enforced: EnforcedLab,
  { workload, shop }: Pick<WorkloadState, 'workload'> & { shop: LabNode },
): Promise<void> {
  const { quarantine } = enforced.running.controller
  await quarantine.add(workload.id, 'a test')
  await enforced.protected(workload.id, 'quarantine')
  assert.deepEqual(await answers(lab, shop, 'http://10.88.0.2'), ['silence'])
  await quarantine.release(workload.id)
  await enforced.protected(workload.id, 'held')
  assert.deepEqual(await answers(lab, shop, 'http://10.88.0.2'), ['welcome'])
}

/** A container that is labelled as one of personal data is held to more, and what it lacks is resolved. */
async function checkLabels(lab: NetworkLab, enforced: EnforcedLab, shop: LabNode): Promise<void> {
  const { privacy } = enforced.running.controller
  const lacking = () =>
    privacy
      .differences()
      .filter(({ kind, state }) => kind.startsWith('label-') && state === 'open')
      .map(({ kind }) => kind)
      .toSorted()
  assert.deepEqual(lacking(), ['label-encryption', 'label-purpose'])
  const id = privacy.differences().find(({ kind }) => kind === 'label-encryption')?.id ?? ''
  await enforced.apply(`${rules}---\n${privacy.resolution(id, 'forbid').yaml}`)
  await enforced.current()
  assert.deepEqual(lacking(), ['label-purpose'])
  const [said] = await answers(lab, shop, 'http://10.88.0.2')
  assert.notEqual(said, 'welcome', 'it goes out encrypted or not at all')
}
