import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { addressOf, address6Of, nameOf, network, type Role } from '../plan.ts'
import type { Stage } from './stage.ts'

const label = 'io.pavise.clinic'
const networkName = 'pavise-clinic'
const image = 'pavise-clinic:demo'
const repository = join(import.meta.dirname, '../../..')
/** Where Debian has what is in `/usr` besides. */
const links = ['bin', 'sbin', 'lib', 'lib64']
const START_MS = 30_000

/**
 * A container for each role, by the machine's Docker, or by one of the clinic's own where none runs. The image holds
 * nothing: programs are the machine's, mounted to be read only, so that no registry is asked.
 */
export class DockerStage implements Stage {
  paviseArguments: readonly string[] = []
  readonly #folder: string
  readonly #socket: string
  #daemon: ChildProcess | undefined
  #connection: readonly string[] = []

  constructor(folder: string) {
    this.#folder = join(folder, 'docker')
    this.#socket = join(this.#folder, 'docker.sock')
  }

  async open(): Promise<void> {
    if (!this.#answers()) await this.#startDaemon()
    this.close(true)
    this.#docker('import', '--change', 'ENV PATH=/usr/bin:/usr/sbin', this.#writeImage(), image)
    const subnets = ['--ipv6', '--subnet', network.subnet, '--subnet', network.subnet6]
    this.#docker('network', 'create', '--label', label, ...subnets, networkName)
  }

  command(role: Role, command: readonly string[]): string[] {
    const name = nameOf(role)
    const place = ['--network', networkName, '--ip', addressOf(role), '--ip6', address6Of(role)]
    const mounts = [
      ...['/usr', '/etc/passwd', '/etc/group', repository].map((path) => `${path}:${path}:ro`),
      // Its database belongs to a user, and its certificate is read there.
      `${join(this.#folder, '..')}:${join(this.#folder, '..')}`,
    ].flatMap((mount) => ['-v', mount])
    const run = ['run', '--rm', '-i', '--name', name, '--hostname', name, '--label', label]
    return ['docker', ...this.#connection, ...run, ...place, ...mounts, image, ...command]
  }

  close(isOpening = false): void {
    if (this.#answers()) {
      const containers = this.#docker('ps', '-aq', '--filter', `label=${label}`).split('\n').filter(Boolean)
      if (containers.length > 0) this.#docker('rm', '-f', ...containers)
      const networks = this.#docker('network', 'ls', '-q', '--filter', `label=${label}`)
        .split('\n')
        .filter(Boolean)
      if (networks.length > 0) this.#docker('network', 'rm', ...networks)
      if (!isOpening && this.#docker('images', '-q', image) !== '') this.#docker('rmi', '-f', image)
    }
    if (!isOpening) this.#stopDaemon()
  }

  #docker(...args: string[]): string {
    const stdio = ['ignore', 'pipe', 'pipe'] as const
    return execFileSync('docker', [...this.#connection, ...args], {
      encoding: 'utf8',
      stdio: [...stdio],
    }).trim()
  }

  #answers(): boolean {
    try {
      this.#docker('version', '--format', '{{.Server.Version}}')
      return true
    } catch {
      return false
    }
  }

  /** It leaves the machine's packet filter and forwarding as they are. */
  async #startDaemon(): Promise<void> {
    rmSync(this.#folder, { recursive: true, force: true })
    mkdirSync(this.#folder, { recursive: true })
    const folders = ['--data-root', 'data', '--exec-root', 'exec', '--pidfile', 'pid'].map((arg, i) =>
      i % 2 === 0 ? arg : join(this.#folder, arg),
    )
    const apart = [
      '--bridge=none',
      '--iptables=false',
      '--ip6tables=false',
      '--ip-forward=false',
      '--ip-masq=false',
    ]
    const log = openSync(join(this.#folder, 'log'), 'a')
    // It ends with us, however we end.
    const command = ['--pdeathsig', 'TERM', 'dockerd', '-H', `unix://${this.#socket}`, ...folders, ...apart]
    this.#daemon = spawn('setpriv', command, { stdio: ['ignore', log, log], detached: true })
    closeSync(log)
    this.#connection = ['-H', `unix://${this.#socket}`]
    this.paviseArguments = ['--docker-socket', this.#socket]
    for (const until = Date.now() + START_MS; !this.#answers(); await sleep(50))
      if (Date.now() > until || this.#daemon.exitCode !== null)
        throw new Error(`dockerd does not start; ${join(this.#folder, 'log')} says why`)
  }

  #stopDaemon(): void {
    const daemon = this.#daemon
    if (daemon?.pid === undefined) return
    daemon.kill('SIGTERM')
    // Synchronous, because it is also done on the way out.
    const isGone = () => daemon.exitCode !== null || !existsSync(`/proc/${daemon.pid}/exe`)
    for (const until = Date.now() + 10_000; !isGone() && Date.now() < until;) Atomics.wait(sleeper, 0, 0, 50)
    this.#daemon = undefined
  }

  /** An empty root with the places at which the machine's programs are. */
  #writeImage(): string {
    mkdirSync(this.#folder, { recursive: true })
    const root = join(this.#folder, 'root')
    const archive = join(this.#folder, 'root.tar')
    rmSync(root, { recursive: true, force: true })
    for (const name of ['etc', 'proc', 'sys', 'dev', 'tmp', 'run', 'var', 'usr'])
      mkdirSync(join(root, name), { recursive: true })
    for (const name of links) symlinkSync(`usr/${name}`, join(root, name))
    execFileSync('tar', ['-C', root, '-cf', archive, '.'])
    return archive
  }
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))
