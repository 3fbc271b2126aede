import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, address6Of, hostOf, hosts, nameOf, network, type Host, type Role } from '../plan.ts'
import type { Stage } from './stage.ts'

/** Where `ip netns` has its names, and `pavise up` finds them. */
const named = '/run/netns'

/**
 * A network namespace for each host, joined by a bridge in one that has no name there: it is the cable. The host's own
 * network is not touched. What it made is on record, so that a namespace of the same name that is someone else's stays.
 */
export class NamespaceStage implements Stage {
  readonly paviseArguments = []
  readonly #cable: string
  /** A file for each namespace: its inode number, or nothing yet while it is being made. */
  readonly #records: string

  constructor(folder: string) {
    this.#cable = join(folder, 'cable')
    this.#records = join(folder, 'namespaces')
  }

  async open(): Promise<void> {
    const taken = hosts.find((host) => existsSync(pathOf(host)))
    if (taken !== undefined)
      throw new Error(`there is a network namespace ${nameOf(taken)} already, and it is not the clinic's`)
    mkdirSync(this.#records, { recursive: true })
    writeFileSync(this.#cable, '')
    run('unshare', `--net=${this.#cable}`, 'true')
    within(this.#cable, 'ip', 'link', 'add', 'br0', 'type', 'bridge')
    within(this.#cable, 'ip', 'link', 'set', 'br0', 'up')
    for (const host of hosts) this.#add(host)
  }

  command(role: Role, command: readonly string[]): string[] {
    return ['nsenter', `--net=${pathOf(hostOf(role))}`, ...command]
  }

  close(): void {
    for (const host of hosts) this.#remove(host)
    if (!existsSync(this.#cable)) return
    try {
      run('umount', this.#cable)
    } catch {
      // It was made, but nothing mounted over it.
    }
    rmSync(this.#cable)
  }

  #add(host: Host): void {
    const path = pathOf(host)
    const record = this.#recordOf(host)
    writeFileSync(record, '')
    run('ip', 'netns', 'add', nameOf(host))
    writeFileSync(record, inodeOf(path))
    const peer = ['peer', 'name', 'eth0', 'netns', nameOf(host)]
    run('ip', 'link', 'add', host, 'netns', this.#cable, 'type', 'veth', ...peer)
    within(this.#cable, 'ip', 'link', 'set', host, 'master', 'br0', 'up')
    within(path, 'ip', 'link', 'set', 'lo', 'up')
    within(path, 'ip', 'address', 'add', `${addressOf(host)}/${network.prefix}`, 'dev', 'eth0')
    within(path, 'ip', 'address', 'add', `${address6Of(host)}/${network.prefix6}`, 'dev', 'eth0', 'nodad')
    within(path, 'ip', 'link', 'set', 'eth0', 'up')
  }

  #remove(host: Host): void {
    const record = this.#recordOf(host)
    if (!existsSync(record)) return
    const inode = readFileSync(record, 'utf8')
    const path = pathOf(host)
    if (existsSync(path) && (inode === '' || inode === inodeOf(path)))
      run('ip', 'netns', 'delete', nameOf(host))
    rmSync(record)
  }

  #recordOf(host: Host): string {
    return join(this.#records, nameOf(host))
  }
}

function pathOf(host: Host): string {
  return join(named, nameOf(host))
}

function inodeOf(path: string): string {
  return String(statSync(path).ino)
}

function within(path: string, ...command: string[]): void {
  run('nsenter', `--net=${path}`, ...command)
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
