import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { suite, test, type TestContext } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { ProcessRecord } from '../../src/model/records.ts'
import { startsFolderIn } from '../../src/enforcer/held-starts.ts'
import { wrapperScript } from '../../src/runtimes/starts/wrapper-script.ts'
import { temporaryFolder } from '../controller/fixture.ts'
import { onlyEngine } from '../processes/engines.ts'
import { startContainerd } from '../runtimes/engines/containerd.ts'
import { busyboxImage, startDockerd } from '../runtimes/engines/dockerd.ts'
import { startPodman } from '../runtimes/engines/podman.ts'
import { cannotRun, eventually, output } from '../runtimes/engines/programs.ts'
import { programPath } from '../../src/lib/program-path.ts'
import { NetworkLab } from '../support/network-lab.ts'
import { EnforcedLab } from './enforced-lab.ts'
import { web } from './lab-scripts.ts'

/* The first packet of a container's first program is decided about: its start is held until its rules are in place. */

interface Engine {
  option: string
  /** Address of a partner whom containers reach, with a web server on ports 80 and 8080. */
  partner: string
  /** Runs a command as a container's first program. Resolves with what it writes when it has ended. @param labels - `name=value` */
  run: (name: string, command: string, labels?: readonly string[]) => Promise<string>
  /** Whether labels are known before a container runs. */
  knowsLabels: boolean
}

/** On a network of the engine's own, whose gateway is the partner. */
async function docker(t: TestContext, runtime: string): Promise<Engine> {
  const {
    docker: call,
    socket,
    addNetwork,
  } = await startDockerd(t, [`--add-runtime=pavise=${runtime}`, '--default-runtime=pavise'])
  const network = await addNetwork(1)
  const subnet = await call(['network', 'inspect', '-f', '{{(index .IPAM.Config 0).Subnet}}', network])
  const partner = subnet.replace(/0\/24$/, '1')
  for (const port of [80, 8080]) {
    const server = createServer((request, response) =>
      request.resume().on('end', () => response.end('welcome')),
    )
    await once(server.listen(port, partner), 'listening')
    t.after(() => server.close())
  }
  return {
    option: `--docker-socket=${socket}`,
    partner,
    run: async (name, command, labels = []) =>
      call([
        'run',
        '--name',
        name,
        '--network',
        network,
        ...labelled(labels),
        busyboxImage,
        'sh',
        '-c',
        command,
      ]),
    knowsLabels: true,
  }
}

/** In a namespace that is there before, on a bridge with the partner. */
async function podman(t: TestContext, runtime: string): Promise<Engine> {
  const {
    command: [program, ...own],
    serve,
  } = await startPodman(t, runtime)
  const { partner, path } = await labNamespace(t)
  const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024']
  const options = [...limits, '--network', `ns:${path}`]
  return {
    option: `--podman-socket=${await serve()}`,
    partner,
    run: async (name, command, labels = []) =>
      output(program, [
        ...[...own, 'run', '--name', name, ...options, ...labelled(labels)],
        ...[busyboxImage, 'sh', '-c', command],
      ]),
    knowsLabels: false,
  }
}

async function containerd(t: TestContext, runtime: string): Promise<Engine> {
  const { run, ctr, socket } = await startContainerd(t)
  const { partner, path } = await labNamespace(t)
  const written = temporaryFolder(t)
  return {
    option: `--containerd-socket=${socket}`,
    partner,
    run: async (name, command, labels = []) => {
      const file = join(written, name)
      const options = [
        '--runc-binary',
        runtime,
        '--with-ns',
        `network:${path}`,
        '--log-uri',
        `file://${file}`,
        ...labelled(labels),
      ]
      await run('default', name, options, ['sh', '-c', command])
      await eventually(`${name} ends`, 20_000, async () =>
        (await ctr('default', ['tasks', 'list'])).includes('STOPPED'),
      )
      const text = await output('cat', [file])
      await ctr('default', ['tasks', 'delete', name])
      return text
    },
    knowsLabels: true,
  }
}

function labelled(labels: readonly string[]): string[] {
  return labels.flatMap((label) => ['--label', label])
}

async function labNamespace(t: TestContext): Promise<{ partner: string; path: string }> {
  const lab = new NetworkLab(t)
  const partner = lab.add('partner')
  await lab.start(partner, web)
  return { partner: partner.address, path: lab.add('shop').path }
}

const engines: [
  name: string,
  start: (t: TestContext, runtime: string) => Promise<Engine>,
  skip: string | false,
][] = [
  ['docker', docker, cannotRun('dockerd', 'docker', 'busybox')],
  ['podman', podman, cannotRun('podman', 'runc', 'busybox')],
  ['containerd', containerd, cannotRun('containerd', 'runc', 'busybox')],
]

const rules = (partner: string) => `apiVersion: neuvector.com/v1
kind: NvGroupDefinition
metadata: {name: partner}
spec: {selector: {name: partner, criteria: [{key: address, op: =, value: ${partner}}]}}
---
apiVersion: pavise.dev/v1
kind: EgressRule
metadata: {name: to-the-partner}
spec: {from: containers, toGroup: partner, ports: tcp/80}
`

const admission = `apiVersion: pavise.dev/v1
kind: PersonalDataLabels
metadata: {name: ours}
spec: {marks: [gdpr=true], admission: [owner, purpose]}
`

function writeWrapper(path: string, folder: string, onFailure: 'open' | 'closed'): void {
  const runtime = programPath('runc') ?? ''
  writeFileSync(path, wrapperScript({ runtime, folder, onFailure, timeoutSeconds: 3 }))
  chmodSync(path, 0o755)
}

const isEarly = (name: string) => name.startsWith('early')

const hasEnded = (all: WorkloadState[]) => all.every(({ stoppedAt }) => stoppedAt !== undefined)

/** Workers that are being started may take longer, on a busy machine, than a start may be held. */
async function whileWorkersStart(
  enforced: EnforcedLab,
  run: (name: string) => Promise<string>,
): Promise<void> {
  for (let tries = 1; tries < 20; tries++) {
    await run(`early-${tries}`)
    const all = await enforced.workloads((told) => told.length === tries && hasEnded(told))
    if (all.some(({ coverage, protection }) => coverage === 'seen' && protection?.afterMs === 0)) return
  }
  assert.fail('no start is held until workers read its packets')
}

suite('the start of a container is held until its rules are in place', () => {
  for (const [name, start, skip] of engines) {
    test(
      `of ${name}: what its first program does first is decided about`,
      { skip, timeout: 180_000 },
      async (t) => {
        // Engines need it until they have ended.
        const own = mkdtempSync(join(tmpdir(), 'pavise-runtime-'))
        const wrapper = join(own, 'pavise-runc')
        writeWrapper(wrapper, own, 'open')
        const { option, partner, run, knowsLabels } = await start(t, wrapper)
        t.after(() => rmSync(own, { recursive: true }))
        const enforced = await EnforcedLab.start(t, onlyEngine(option))
        const folder = startsFolderIn(enforced.folder)
        await eventually('starts are held', 20_000, () => existsSync(join(folder, 'answering')))
        await enforced.apply(rules(partner))
        await enforced.mode('Protect')
        await enforced.current()
        writeWrapper(wrapper, folder, 'closed')
        await whileWorkersStart(enforced, async (each) => run(each, 'true'))
        // Its wget looks names up by a library that is not there.
        const ask = (port: number) =>
          `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 5 ${partner} ${port} 2>&1 | tail -n 1`
        for (const each of ['first', 'second']) {
          assert.match(await run(each, ask(8080)), /refused/, each)
          assert.match(await run(`${each}-allowed`, ask(80)), /welcome$/)
        }
        await enforced.violations((all) => all.some(({ server }) => server.port === 8080))
        const later = (all: WorkloadState[]) => all.filter(({ workload }) => !isEarly(workload.name))
        const told = later(await enforced.workloads((all) => later(all).length === 4 && hasEnded(all)))
        assert.deepEqual(
          told.map(({ protection }) => protection?.afterMs),
          [0, 0, 0, 0],
        )
        await t.test(
          'of personal data, only with an owner and a purpose, once that is asked for',
          async () => {
            await enforced.apply(`${rules(partner)}---\n${admission}`)
            await enforced.current()
            const lacking = run('lacking', 'echo ran', ['gdpr=true', 'owner=records'])
            if (!knowsLabels) return assert.equal(await lacking, 'ran')
            await assert.rejects(lacking, /no label says what the data is for \(purpose\)/)
            const labels = ['gdpr=true', 'owner=records', 'purpose=treatment']
            assert.equal(await run('named', 'echo ran', labels), 'ran')
            const refused = (all: ProcessRecord[]) => all.some(({ reason }) => reason === 'not-admitted')
            const told = await enforced.processes(refused)
            const record = told.find(({ reason }) => reason === 'not-admitted')
            assert.deepEqual([record?.action, record?.process.path], ['blocked', 'sh'])
          },
        )
        await t.test('while nobody answers, it starts or does not, as was asked for', async () => {
          await enforced.stop()
          await assert.rejects(run('closed', 'echo ran'), /not started|pavise/)
          writeWrapper(wrapper, folder, 'open')
          assert.equal(await run('open', 'echo ran'), 'ran')
        })
      },
    )
  }
})
