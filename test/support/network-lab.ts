import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

export const needsRoot = process.geteuid?.() === 0 ? false : 'network namespaces take root'

/** A node of a lab: a named network namespace with both address families. */
export interface LabNode {
  name: string
  /** Of the namespace. */
  path: string
  address: string
  address6: string
}

/**
 * Named network namespaces on one bridge, which stands in a namespace of its own: the host's network is not touched.
 * Their names are in a folder of the lab's, so that labs do not see each other. All of it is gone when the test ends.
 */
export class NetworkLab {
  /** Where the namespaces have their names. */
  readonly folder = mkdtempSync(join(tmpdir(), 'pavise-lab-'))
  /** Name of the namespace in which the bridge stands. */
  readonly bridge = 'bridge'
  readonly #names = new Set<string>()
  readonly #children: ChildProcess[] = []
  #nodes = 0

  constructor(t: Pick<TestContext, 'after'>) {
    t.after(() => this.#remove())
    this.#addNamespace(this.bridge)
    // It passes on what nodes send, and says nothing of its own.
    const silence = 'echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6'
    run('nsenter', `--net=${this.#path(this.bridge)}`, 'sh', '-c', silence)
    this.#ip(this.bridge, 'link', 'add', 'br0', 'type', 'bridge')
    this.#ip(this.bridge, 'link', 'set', 'br0', 'up')
  }

  /** Resolves addresses at once: duplicate address detection is off. */
  add(name: string): LabNode {
    this.#addNamespace(name)
    const number = ++this.#nodes
    const path = this.#path(name)
    const node = { name, path, address: `10.77.0.${number}`, address6: `fd77::${number.toString(16)}` }
    const port = `p${number}`
    const peer = ['peer', 'name', 'eth0', 'netns', path]
    run('ip', 'link', 'add', port, 'netns', this.#path(this.bridge), 'type', 'veth', ...peer)
    this.#ip(this.bridge, 'link', 'set', port, 'master', 'br0', 'up')
    this.#ip(name, 'link', 'set', 'lo', 'up')
    this.#ip(name, 'address', 'add', `${node.address}/24`, 'dev', 'eth0')
    this.#ip(name, 'address', 'add', `${node.address6}/64`, 'dev', 'eth0', 'nodad')
    this.#ip(name, 'link', 'set', 'eth0', 'up')
    return node
  }

  /** Takes a node away while the rest goes on. */
  remove({ name, path }: LabNode): void {
    run('umount', '--lazy', path)
    rmSync(path)
    this.#names.delete(name)
  }

  /** Starts a script of Node's in a node; resolves once it has written a line. */
  async start(node: LabNode, script: string): Promise<ChildProcess> {
    const child = this.#spawn(node, script)
    this.#children.push(child)
    await once(child.stdout, 'data')
    return child
  }

  /** Runs a script of Node's in a node to its end, and returns what it wrote. */
  async run(node: LabNode, script: string, timeoutMs = 90_000): Promise<string> {
    const child = this.#spawn(node, script, timeoutMs)
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    const [code] = (await once(child, 'close')) as [number | null]
    if (code !== 0) throw new Error(`The script in ${node.name} ended with ${code}`)
    return output
  }

  #spawn({ path }: LabNode, script: string, timeout?: number) {
    return spawn('nsenter', [`--net=${path}`, process.execPath, '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout,
    })
  }

  /** As `ip netns add` does it: a file, and the namespace mounted over it. */
  #addNamespace(name: string): void {
    writeFileSync(this.#path(name), '')
    run('unshare', `--net=${this.#path(name)}`, 'true')
    this.#names.add(name)
  }

  #path(name: string): string {
    return join(this.folder, name)
  }

  #ip(name: string, ...command: string[]): void {
    run('nsenter', `--net=${this.#path(name)}`, 'ip', ...command)
  }

  #remove(): void {
    for (const child of this.#children) child.kill('SIGKILL')
    // Lazily, as `ip netns delete` does it: an enforcer may be looking at it this very moment.
    for (const name of this.#names) run('umount', '--lazy', this.#path(name))
    rmSync(this.folder, { recursive: true })
  }
}

function run(command: string, ...args: string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
}
