import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

export const SERVER_ADDRESS = '10.99.0.1'
const CLIENT_ADDRESS = '10.99.0.2'

/** Two network namespaces of this run with a cable between them. */
export class BenchNetwork {
  readonly server = `pavise-bench-${process.pid}-s`
  readonly client = `pavise-bench-${process.pid}-c`
  readonly #children: ChildProcess[] = []

  constructor() {
    for (const name of [this.server, this.client]) ip('netns', 'add', name)
    const peer = ['peer', 'name', 'eth0', 'netns', this.client]
    ip('link', 'add', 'eth0', 'netns', this.server, 'type', 'veth', ...peer)
    this.#up(this.server, SERVER_ADDRESS)
    this.#up(this.client, CLIENT_ADDRESS)
  }

  get clientInterface(): number {
    const text = ip('-n', this.client, '-j', 'link', 'show', 'eth0')
    return (JSON.parse(text) as { ifindex: number }[])[0].ifindex
  }

  /** Starts Node there. It is killed with the others. */
  start(namespace: string, ...args: string[]): ChildProcess {
    const command = ['netns', 'exec', namespace, process.execPath, ...args]
    const child = spawn('ip', command, { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#children.push(child)
    return child
  }

  async endAll(): Promise<void> {
    const ended = this.#children.splice(0).map(async (child) => {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    })
    await Promise.all(ended)
  }

  async remove(): Promise<void> {
    await this.endAll()
    for (const name of [this.server, this.client]) ip('netns', 'delete', name)
  }

  #up(namespace: string, address: string): void {
    ip('-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'eth0')
    ip('-n', namespace, 'link', 'set', 'eth0', 'up')
  }
}

function ip(...args: string[]): string {
  return execFileSync('ip', args, { encoding: 'utf8' })
}
