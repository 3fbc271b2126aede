import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { writeBusyboxArchive } from './busybox-image.ts'
import { busyboxImage } from './dockerd.ts'
import { removeLeftovers } from './leftovers.ts'
import { eventually, output } from './programs.ts'
import { existsSync } from 'node:fs'

export interface Podman {
  /** The program with what keeps its data apart from the machine's. */
  command: readonly [program: string, ...args: string[]]
  /** What Podman calls its tmpdir. */
  runFolder: string
  /** For what a test makes itself; removed with the rest. */
  folder: string
  podman: (args: readonly string[]) => Promise<string>
  /** `podman run -d` with what it needs where limits may not be raised. Resolves with the container's id. */
  run: (args: readonly string[]) => Promise<string>
  /** Serves the API; resolves with its socket. */
  serve: () => Promise<string>
  stop: () => Promise<void>
}

/** Podman's minimum where a container may not raise its limits. */
const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024']

/**
 * A Podman of the test's own; it has no daemon. Gone when the test ends, with its containers.
 *
 * @param runtime that it runs them with: a name or a path
 */
export async function startPodman(t: TestContext, runtime = 'runc'): Promise<Podman> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-podman-'))
  const own = [
    '--root',
    join(folder, 'root'),
    '--runroot',
    join(folder, 'run'),
    '--tmpdir',
    join(folder, 'tmp'),
  ]
  const engine = ['--cgroup-manager', 'cgroupfs', '--runtime', runtime, '--events-backend', 'file']
  const args = [...own, ...engine]
  const services: ChildProcess[] = []
  const podman = async (more: readonly string[]) => output('podman', [...args, ...more])
  let isStopped = false
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await podman(['rm', '-fa', '-t', '0'])
    await podman(['pod', 'rm', '-fa'])
    await Promise.all(services.map(endService))
    await removeLeftovers(folder)
  }
  t.after(stop)
  await podman(['import', writeBusyboxArchive(folder), busyboxImage])
  return {
    command: ['podman', ...args],
    runFolder: join(folder, 'tmp'),
    folder,
    podman,
    run: async (more) => podman(['run', '-d', ...limits, ...more]),
    serve: async () => {
      const socket = join(folder, `podman-${services.length}.sock`)
      services.push(
        spawn('podman', [...args, 'system', 'service', '--time=0', `unix://${socket}`], { stdio: 'ignore' }),
      )
      await eventually('podman serves its API', 10_000, () => existsSync(socket))
      return socket
    },
    stop,
  }
}

async function endService(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return
  const exited = once(service, 'exit')
  service.kill('SIGTERM')
  await exited
}
