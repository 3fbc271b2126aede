import { execFileSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { addressOf, address6Of, nameOf, network, roles, type Role } from '../plan.ts'
import type { Stage } from './stage.ts'

/** Where `ip netns` has its names, and `pavise up` finds them. */
const named = '/run/netns'

/**
 * A network namespace for each role, joined by a bridge in one that has no name there: it is the cable. The host's own
 * network is not touched.
 */
export class NamespaceStage implements Stage {
  readonly paviseArguments = []
  readonly #cable: string

  constructor(folder: string) {
    this.#cable = join(folder, 'cable')
  }

  async open(): Promise<void> {
    this.close()
    writeFileSync(this.#cable, '')
    run('unshare', `--net=${this.#cable}`, 'true')
    within(this.#cable, 'ip', 'link', 'add', 'br0', 'type', 'bridge')
    within(this.#cable, 'ip', 'link', 'set', 'br0', 'up')
    for (const role of roles) this.#add(role)
  }

  command(role: Role, command: readonly string[]): string[] {
    return ['nsenter', `--net=${pathOf(role)}`, ...command]
  }

  close(): void {
    for (const role of roles) if (existsSync(pathOf(role))) run('ip', 'netns', 'delete', nameOf(role))
    if (!existsSync(this.#cable)) return
    try {
      run('umount', this.#cable)
    } catch {
      // It was made, but nothing mounted over it.
    }
    rmSync(this.#cable)
  }

  #add(role: Role): void {
    const path = pathOf(role)
    run('ip', 'netns', 'add', nameOf(role))
    const peer = ['peer', 'name', 'eth0', 'netns', nameOf(role)]
    run('ip', 'link', 'add', role, 'netns', this.#cable, 'type', 'veth', ...peer)
    within(this.#cable, 'ip', 'link', 'set', role, 'master', 'br0', 'up')
    within(path, 'ip', 'link', 'set', 'lo', 'up')
    within(path, 'ip', 'address', 'add', `${addressOf(role)}/${network.prefix}`, 'dev', 'eth0')
    within(path, 'ip', 'address', 'add', `${address6Of(role)}/${network.prefix6}`, 'dev', 'eth0', 'nodad')
    within(path, 'ip', 'link', 'set', 'eth0', 'up')
  }
}

function pathOf(role: Role): string {
  return join(named, nameOf(role))
}

function within(path: string, ...command: string[]): void {
  run('nsenter', `--net=${path}`, ...command)
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}
