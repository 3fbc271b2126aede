import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { suite, test, type TestContext } from 'node:test'
import type { WorkloadState } from '../../src/model/enforcer-messages.ts'
import type { CoverageRecord, PersonalDataRecord } from '../../src/model/records.ts'
import type { RuntimeName } from '../../src/model/workload.ts'
import { startContainerd } from '../runtimes/engines/containerd.ts'
import { busyboxImage, startDockerd } from '../runtimes/engines/dockerd.ts'
import { startPodman } from '../runtimes/engines/podman.ts'
import { cannotRun } from '../runtimes/engines/programs.ts'
import { PaviseUp } from './pavise-up.ts'

/* `pavise up` with real containers of each engine: from the packets of a container to a finding under its name. */

const IBAN = 'DE89370400440532013000'

/** Serves a document with an IBAN on the container's loopback, and asks for it again and again. */
const shop = `printf '{"payee":{"iban":"${IBAN}"}}' > /tmp/p.json; httpd -p 127.0.0.1:80 -h /tmp;
  while true; do wget -q -O /dev/null http://127.0.0.1/p.json; sleep 1; done`

type Finding = PersonalDataRecord & { workload: string }

interface Engine {
  /** Option of `pavise up` that leads to it. */
  option: string
  /** Starts a container; `onHost` in the host's network. */
  run: (name: string, command: readonly string[], onHost: boolean) => Promise<unknown>
  /** For what the engine leaves to others. */
  prepare?: (pid: number) => void
}

async function docker(t: TestContext): Promise<Engine> {
  const { docker: call, socket } = await startDockerd(t)
  return {
    option: `--docker-socket=${socket}`,
    run: async (name, command, onHost) =>
      call(['run', '-d', '--name', name, '--network', onHost ? 'host' : 'none', busyboxImage, ...command]),
  }
}

async function podman(t: TestContext): Promise<Engine> {
  const { run, serve } = await startPodman(t)
  return {
    option: `--podman-socket=${await serve()}`,
    run: async (name, command, onHost) =>
      run(['--name', name, '--network', onHost ? 'host' : 'none', busyboxImage, ...command]),
  }
}

async function containerd(t: TestContext): Promise<Engine> {
  const { run, socket } = await startContainerd(t)
  return {
    option: `--containerd-socket=${socket}`,
    run: async (name, command, onHost) => run('default', name, onHost ? ['--net-host'] : [], command),
    // Without CNI nobody brings the loopback of a new namespace up.
    prepare: (pid) => {
      execFileSync('nsenter', [`--net=/proc/${pid}/ns/net`, 'ip', 'link', 'set', 'lo', 'up'])
    },
  }
}

const engines: [name: RuntimeName, start: (t: TestContext) => Promise<Engine>, skip: string | false][] = [
  ['docker', docker, cannotRun('dockerd', 'docker', 'busybox')],
  ['podman', podman, cannotRun('podman', 'runc', 'busybox')],
  ['containerd', containerd, cannotRun('containerd', 'runc', 'busybox')],
]

/** Only the engine under test is asked. */
function options(option: string): string[] {
  const others = ['docker', 'podman', 'containerd'].filter((name) => !option.startsWith(`--${name}-`))
  return [option, ...others.map((name) => `--${name}-socket=none`), '--netns-folder=none']
}

suite('pavise up watches real containers', () => {
  for (const [name, start, skip] of engines) {
    test(
      `of ${name}: what one carries is found under its name, and one that cannot be seen is named`,
      { skip, timeout: 120_000 },
      async (t) => {
        const engine = await start(t)
        const up = await PaviseUp.start(t, options(engine.option))
        await engine.run('shop', ['sh', '-c', shop], false)
        await engine.run('on-host', ['sleep', '1000'], true)
        const states = await up.until<WorkloadState>(
          'workloads',
          (items) => items.length === 2 && items.every(({ coverage }) => coverage !== 'starting'),
          'both are told of',
        )
        const of = (wanted: string) => states.find(({ workload }) => workload.name === wanted)
        const seen = of('shop')
        assert.deepEqual([seen?.coverage, of('on-host')?.coverage], ['seen', 'host-network'])
        assert.equal(seen?.workload.runtime, name)
        assert.match(seen?.workload.image ?? '', /busybox/)
        engine.prepare?.(seen?.workload.pid ?? 0)

        const findings = await up.until<Finding>(
          'findings?identifier=iban',
          (items) => items.length > 0,
          'the finding',
        )
        const { workload, direction, field, masked } = findings[0]
        assert.deepEqual(
          [workload, direction, field],
          [seen?.workload.id, 'to-client', 'http.body $.payee.iban'],
        )
        assert.ok(!masked.includes(IBAN))
        // The first one came while the workers were still starting.
        await engine.run('later', ['sleep', '1000'], false)
        const isLater = ({ workload: { name: called }, coverage }: WorkloadState) =>
          called === 'later' && coverage === 'seen'
        const all = await up.until<WorkloadState>(
          'workloads',
          (items) => items.some(isLater),
          'the later one is seen',
        )
        const { attachedAfterMs } = all.find(isLater)!
        t.diagnostic(
          `attached ${attachedAfterMs} ms after its start; the first one ${seen?.attachedAfterMs} ms`,
        )
        assert.ok((attachedAfterMs ?? Infinity) < 1_000)
        const gaps = await up.get<CoverageRecord>('coverage')
        assert.ok(
          gaps.some(
            ({ reason, workload: id }) => reason === 'host-network' && id === of('on-host')?.workload.id,
          ),
        )
      },
    )
  }
})
