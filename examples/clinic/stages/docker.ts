import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, address6Of, hostOf, nameOf, network, type Role } from '../plan.ts'
import { ClinicDockerd } from './dockerd.ts'
import type { Stage } from './stage.ts'

/** What Docker keeps for the clinic has this label, and by it is found again. */
const label = 'io.pavise.clinic'
/** Of the network, and of its bridge on the host. */
const networkName = 'pavise-clinic'
const image = 'pavise-clinic:demo'
const repository = join(import.meta.dirname, '../../..')
/** Where Debian has what is in `/usr` besides. */
const links = ['bin', 'sbin', 'lib', 'lib64']
/** Where `pavise up` looks for the machine's. */
const usualSocket = '/run/docker.sock'

/** As Docker Compose labels what it starts: all are of one image, and only so are they services of their own. */
function composeLabels(role: Role): string[] {
  const labels = { project: 'clinic', service: role }
  return Object.entries(labels).flatMap(([key, value]) => ['--label', `com.docker.compose.${key}=${value}`])
}

/**
 * A container for each role, by the machine's Docker, or by one of the clinic's own where none runs. The image holds
 * nothing: programs are the machine's, mounted to be read only, so that no registry is asked.
 */
export class DockerStage implements Stage {
  paviseArguments: readonly string[] = []
  readonly #folder: string
  readonly #own: ClinicDockerd
  #socket = usualSocket

  constructor(folder: string) {
    this.#folder = folder
    this.#own = new ClinicDockerd(join(folder, 'docker'), join(folder, 'log'), networkName)
  }

  async open(ending: AbortSignal): Promise<void> {
    if (!this.#answers()) await this.#startOwn(ending)
    const changes = ['ENV PATH=/usr/bin:/usr/sbin', `LABEL ${label}=`].flatMap((change) => [
      '--change',
      change,
    ])
    this.#docker('import', ...changes, this.#writeImage(), image)
    const subnets = ['--ipv6', '--subnet', network.subnet, '--subnet', network.subnet6]
    const bridge = ['--opt', `com.docker.network.bridge.name=${networkName}`]
    this.#docker('network', 'create', '--label', label, ...bridge, ...subnets, networkName)
  }

  command(role: Role, command: readonly string[]): string[] {
    const name = nameOf(role)
    const mounts = [
      ...['/usr', '/etc/passwd', '/etc/group', repository].map((path) => `${path}:${path}:ro`),
      // Its database belongs to a user, and its certificate is read there.
      `${this.#folder}:${this.#folder}`,
    ].flatMap((mount) => ['-v', mount])
    const run = ['run', '--rm', '-i', '--name', name, '--label', label]
    const own = ['docker', ...this.#connection(), ...run, ...composeLabels(role)]
    return [...own, ...placeOf(role), ...mounts, image, ...command]
  }

  close(): void {
    if (this.#answers()) this.#removeAll()
    this.#own.stop()
  }

  async #startOwn(ending: AbortSignal): Promise<void> {
    this.#socket = this.#own.socket
    this.paviseArguments = ['--docker-socket', this.#own.socket]
    await this.#own.start(() => this.#answers(), ending)
  }

  #removeAll(): void {
    this.#remove(['ps', '--all'], ['rm', '--force'])
    this.#remove(['network', 'ls'], ['network', 'rm'])
    this.#remove(['images'], ['rmi', '--force'])
  }

  /** By their numbers, which are listed by the label. */
  #remove(list: readonly string[], remove: readonly string[]): void {
    const listed = this.#docker(...list, '--quiet', '--filter', `label=${label}`)
    const numbers = listed.split('\n').filter((line) => line !== '')
    if (numbers.length > 0) this.#docker(...remove, ...numbers)
  }

  #docker(...args: string[]): string {
    return execFileSync('docker', [...this.#connection(), ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  }

  /** Named, because an environment may name another machine's. */
  #connection(): string[] {
    return ['-H', `unix://${this.#socket}`]
  }

  #answers(): boolean {
    try {
      this.#docker('version', '--format', '{{.Server.Version}}')
      return true
    } catch {
      return false
    }
  }

  /** An empty root with the places at which the machine's programs are. */
  #writeImage(): string {
    const root = join(this.#folder, 'image')
    const archive = `${root}.tar`
    rmSync(root, { recursive: true, force: true })
    for (const name of ['etc', 'proc', 'sys', 'dev', 'tmp', 'run', 'var', 'usr'])
      mkdirSync(join(root, name), { recursive: true })
    for (const name of links) symlinkSync(`usr/${name}`, join(root, name))
    execFileSync('tar', ['-C', root, '-cf', archive, '.'])
    return archive
  }
}

function placeOf(role: Role): string[] {
  const host = hostOf(role)
  if (host !== role) return ['--network', `container:${nameOf(host)}`]
  const addresses = ['--ip', addressOf(host), '--ip6', address6Of(host)]
  return ['--network', networkName, ...addresses, '--hostname', nameOf(host)]
}
