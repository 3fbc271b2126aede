import { execFile } from 'node:child_process'
import type { TestContext } from 'node:test'
import { startContainerd } from '../runtimes/engines/containerd.ts'
import { busyboxImage, startDockerd } from '../runtimes/engines/dockerd.ts'
import { startPodman } from '../runtimes/engines/podman.ts'
import { cannotRun } from '../runtimes/engines/programs.ts'

/** A container engine of a test's own, with what the tests of processes need of one. */
export interface Engine {
  /** Option of `pavise up` that leads to it. */
  option: () => Promise<string>
  /** Starts a container that sleeps. Resolves with the node's number of its first process. */
  start: (name: string, options?: readonly string[]) => Promise<number>
  /** The engine's own way to run a command in a container. Resolves with what it writes. */
  exec: (name: string, command: readonly string[]) => Promise<string>
}

/** How a command in a container ended. */
export interface Ran {
  code: number
  output: string
}

async function docker(t: TestContext): Promise<Engine> {
  const { docker: call, socket } = await startDockerd(t)
  return {
    option: async () => `--docker-socket=${socket}`,
    start: async (name, options = []) => {
      await call([
        'run',
        '-d',
        '--name',
        name,
        '--network',
        'none',
        ...options,
        busyboxImage,
        'sleep',
        '1000',
      ])
      return Number(await call(['inspect', '-f', '{{.State.Pid}}', name]))
    },
    exec: async (name, command) => call(['exec', name, ...command]),
  }
}

async function podman(t: TestContext): Promise<Engine> {
  const { run, podman: call, serve } = await startPodman(t)
  return {
    option: async () => `--podman-socket=${await serve()}`,
    start: async (name, options = []) => {
      await run(['--name', name, '--network', 'none', ...options, busyboxImage, 'sleep', '1000'])
      return Number(await call(['inspect', '-f', '{{.State.Pid}}', name]))
    },
    exec: async (name, command) => call(['exec', name, ...command]),
  }
}

let execs = 0

async function containerd(t: TestContext): Promise<Engine> {
  const { run, ctr, socket } = await startContainerd(t)
  return {
    option: async () => `--containerd-socket=${socket}`,
    start: async (name) => {
      await run('default', name, ['--snapshotter', 'overlayfs'])
      const line = (await ctr('default', ['tasks', 'list']))
        .split('\n')
        .find((each) => each.startsWith(`${name} `))
      return Number(/\s(\d+)\s+RUNNING/.exec(line ?? '')?.[1])
    },
    exec: async (name, command) =>
      ctr('default', ['tasks', 'exec', '--exec-id', `exec-${++execs}`, name, ...command]),
  }
}

export const engines: [
  name: 'docker' | 'podman' | 'containerd',
  start: (t: TestContext) => Promise<Engine>,
  skip: string | false,
][] = [
  ['docker', docker, cannotRun('dockerd', 'docker', 'busybox')],
  ['podman', podman, cannotRun('podman', 'runc', 'busybox')],
  ['containerd', containerd, cannotRun('containerd', 'runc', 'busybox')],
]

/** Options of `pavise up` with which only the engine under test is asked. @param option the one that leads to it */
export function onlyEngine(option: string): string[] {
  const others = ['docker', 'podman', 'containerd'].filter((name) => !option.startsWith(`--${name}-`))
  return [option, ...others.map((name) => `--${name}-socket=none`), '--netns-folder=none']
}

/**
 * Runs a shell command in all namespaces and in the control groups of a container, as its engine's `exec` does, which with some of
 * them takes hundreds of milliseconds.
 */
export async function runIn(pid: number, command: string): Promise<Ran> {
  const script = `${joinCgroups(pid)} exec nsenter -t ${pid} -m -u -i -n -p -r -w /bin/sh -c "$0"`
  return new Promise((resolve) => {
    execFile('/bin/sh', ['-c', script, command], { timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), output: stdout + stderr }),
    )
  })
}

/** Shell commands that put the shell into the control groups of a process. */
export function joinCgroups(pid: number): string {
  return `for f in $(cut -d: -f2,3 /proc/${pid}/cgroup | tr ' ' '?'); do
    c=$(echo "$f" | cut -d: -f1); c=\${c#name=}; p=$(echo "$f" | cut -d: -f2);
    echo $$ > "/sys/fs/cgroup/$c$p/cgroup.procs"; done 2>/dev/null;`
}
