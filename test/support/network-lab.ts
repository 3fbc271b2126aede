import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { TestContext } from 'node:test'

export const needsRoot = process.geteuid?.() === 0 ? false : 'network namespaces take root'

/** A node of a lab: a named network namespace with both address families. */
export interface LabNode {
  name: string
  address: string
  address6: string
}

/**
 * Named network namespaces on one bridge, which stands in a namespace of its own: the host's network is not touched.
 * All of it is gone when the test ends.
 */
export class NetworkLab {
  readonly #prefix = `pv${randomBytes(3).toString('hex')}`
  readonly #switch: string
  readonly #namespaces: string[] = []
  readonly #children: ChildProcess[] = []
  #nodes = 0

  constructor(t: TestContext) {
    t.after(() => this.#remove())
    this.#switch = this.#addNamespace('switch')
    inNamespace(this.#switch, 'ip', 'link', 'add', 'br0', 'type', 'bridge')
    inNamespace(this.#switch, 'ip', 'link', 'set', 'br0', 'up')
  }

  /** Resolves addresses at once: duplicate address detection is off. */
  add(role: string): LabNode {
    const name = this.#addNamespace(role)
    const number = ++this.#nodes
    const node = { name, address: `10.77.0.${number}`, address6: `fd77::${number.toString(16)}` }
    const port = `p${number}`
    run(
      'ip',
      'link',
      'add',
      port,
      'netns',
      this.#switch,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      name,
    )
    inNamespace(this.#switch, 'ip', 'link', 'set', port, 'master', 'br0', 'up')
    inNamespace(name, 'ip', 'link', 'set', 'lo', 'up')
    inNamespace(name, 'ip', 'address', 'add', `${node.address}/24`, 'dev', 'eth0')
    inNamespace(name, 'ip', 'address', 'add', `${node.address6}/64`, 'dev', 'eth0', 'nodad')
    inNamespace(name, 'ip', 'link', 'set', 'eth0', 'up')
    return node
  }

  /** Takes a node away while the rest goes on. */
  remove({ name }: LabNode): void {
    run('ip', 'netns', 'delete', name)
    this.#namespaces.splice(this.#namespaces.indexOf(name), 1)
  }

  /** Starts a script of Node's in a node; resolves once it has written a line. */
  async start(node: LabNode, script: string): Promise<ChildProcess> {
    const child = spawn('ip', ['netns', 'exec', node.name, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#children.push(child)
    await once(child.stdout, 'data')
    return child
  }

  /** Runs a script of Node's in a node to its end, and returns what it wrote. */
  async run(node: LabNode, script: string): Promise<string> {
    const child = spawn('ip', ['netns', 'exec', node.name, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000,
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`The script in ${node.name} ended with ${code}`)
    return output
  }

  #addNamespace(role: string): string {
    const name = `${this.#prefix}-${role}`
    run('ip', 'netns', 'add', name)
    this.#namespaces.push(name)
    return name
  }

  #remove(): void {
    for (const child of this.#children) child.kill('SIGKILL')
    for (const name of this.#namespaces) run('ip', 'netns', 'delete', name)
  }
}

function inNamespace(name: string, ...command: string[]): void {
  run('ip', 'netns', 'exec', name, ...command)
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}
