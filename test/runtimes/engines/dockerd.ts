import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { writeBusyboxArchive } from './busybox-image.ts'
import { removeLeftovers } from './leftovers.ts'
import { eventually, output } from './programs.ts'

/** Image that every engine of a test has: a static busybox. */
export const busyboxImage = 'pavise-test/busybox:1'

export interface Dockerd {
  socket: string
  /** Of the containerd that it starts and runs its containers with. */
  containerdSocket: string
  /** Own networks have `{network: name}`; there is no default one. Resolves with what `docker` writes. */
  docker: (args: readonly string[]) => Promise<string>
  /** A bridge of its own, named by the test's random name; both families. Resolves with the network's name. */
  addNetwork: (number: number) => Promise<string>
  /** `kill -9` of the daemon alone: containers and what watches over them stay. */
  kill: () => Promise<void>
  /** Starts it again after `kill`. */
  restart: () => Promise<void>
  stop: () => Promise<void>
}

/**
 * A Docker engine of the test's own: data, sockets and networks apart from those of the machine, whose packet filter and
 * forwarding are left as they are. Gone when the test ends.
 *
 * @param args More of the daemon's arguments.
 */
export async function startDockerd(t: TestContext, args: readonly string[] = []): Promise<Dockerd> {
  const folder = mkdtempSync(join(tmpdir(), 'pavise-dockerd-'))
  const engine = new Engine(folder, args)
  t.after(async () => engine.stop())
  await engine.start()
  await engine.docker(['import', writeBusyboxArchive(folder), busyboxImage])
  const { socket } = engine
  return {
    socket,
    containerdSocket: join(folder, 'exec/containerd/containerd.sock'),
    docker: async (args) => engine.docker(args),
    addNetwork: async (number) => engine.addNetwork(number),
    kill: async () => engine.kill(),
    restart: async () => engine.start(),
    stop: async () => engine.stop(),
  }
}

class Engine {
  readonly #folder: string
  readonly #args: readonly string[]
  readonly socket: string
  #process: ChildProcess | undefined
  #isStopped = false

  constructor(folder: string, args: readonly string[]) {
    this.#folder = folder
    this.#args = args
    this.socket = join(folder, 'docker.sock')
  }

  async start(): Promise<void> {
    const folder = this.#folder
    const log = openSync(join(folder, 'log'), 'a')
    const own = ['--data-root', 'root', '--exec-root', 'exec', '--pidfile', 'pid'].map((arg, i) =>
      i % 2 === 0 ? arg : join(folder, arg),
    )
    const apart = [
      '--bridge=none',
      '--iptables=false',
      '--ip6tables=false',
      '--ip-forward=false',
      '--ip-masq=false',
    ]
    this.#process = spawn('dockerd', ['-H', `unix://${this.socket}`, ...own, ...apart, ...this.#args], {
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
    })
    closeSync(log)
    const child = this.#process
    await eventually('dockerd answers', 30_000, async () => {
      if (child.exitCode !== null)
        throw new Error(`dockerd ended: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`)
      return this.docker(['version']).catch(() => false)
    })
  }

  async docker(args: readonly string[]): Promise<string> {
    return output('docker', ['-H', `unix://${this.socket}`, ...args])
  }

  async addNetwork(number: number): Promise<string> {
    const name = `pv${this.#folder.slice(-6).toLowerCase()}${number}`
    // From the ranges for benchmarks (RFC 2544) and documentation (RFC 3849), which no machine's network uses.
    const subnet = `198.18.${(Number.parseInt(Buffer.from(name).toString('hex').slice(-4), 16) + number) % 256}.0/24`
    const subnet6 = `2001:db8:${(process.pid & 0xffff).toString(16)}:${number}::/64`
    const bridge = ['-o', `com.docker.network.bridge.name=${name}`]
    await this.docker([
      'network',
      'create',
      ...bridge,
      '--ipv6',
      '--subnet',
      subnet,
      '--subnet',
      subnet6,
      name,
    ])
    return name
  }

  /**
   * Its containerd goes with it. Where nobody reaps orphans, as in a container without an init, the next daemon would
   * take the dead one for running, by its pid.
   */
  async kill(): Promise<void> {
    await end(this.#process, 'SIGKILL')
    rmSync(join(this.#folder, 'exec/containerd/containerd.pid'), { force: true })
  }

  async stop(): Promise<void> {
    if (this.#isStopped) return
    this.#isStopped = true
    if (this.#process?.exitCode === null && this.#process.signalCode === null) {
      await this.#removeAll()
      await end(this.#process, 'SIGTERM')
    }
    await removeLeftovers(this.#folder)
  }

  /** Stopping them one by one would take each of them its ten seconds of grace. */
  async #removeAll(): Promise<void> {
    const containers = (await this.docker(['ps', '-aq'])).split('\n').filter((id) => id !== '')
    if (containers.length > 0) await this.docker(['rm', '-f', ...containers])
    await this.docker(['network', 'prune', '-f'])
  }
}

async function end(child: ChildProcess | undefined, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, 'exit')
  child.kill(signal)
  await exited
}
