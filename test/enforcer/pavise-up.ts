import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { LocalApi } from '../../src/cli/local-api.ts'
import { eventually, temporaryFolder } from '../controller/fixture.ts'

const launcher = fileURLToPath(new URL('../../bin/pavise.mjs', import.meta.url))

/** How long it may take to begin, on a machine that has much other work. */
const startMs = 60_000

/** `pavise up` as a user runs it, on a port and a state folder of its own. */
export class PaviseUp {
  readonly child: ChildProcess
  readonly folder: string
  readonly exited: Promise<unknown>
  #output = ''
  #errors = ''

  private constructor(child: ChildProcess, folder: string) {
    this.child = child
    this.folder = folder
    this.exited = once(child, 'close')
    child.stdout?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (this.#errors += chunk.toString()))
  }

  /** Resolves when its API answers. */
  static async start(t: TestContext, options: string[]): Promise<PaviseUp> {
    const state = join(temporaryFolder(t), 'state')
    const args = ['up', '--state-dir', state, '--port', '0', ...options]
    const child = spawn(process.execPath, [launcher, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    t.after(() => child.kill('SIGKILL'))
    const up = new PaviseUp(child, state)
    await eventually(
      () => up.output.includes('Pavise is watching') || child.exitCode !== null,
      'its address',
      startMs,
    ).catch((error: Error) => Promise.reject(new Error(`${error.message}\n${up.errors}`)))
    return up
  }

  get output(): string {
    return this.#output
  }

  get errors(): string {
    return this.#errors
  }

  async get<Item>(path: string): Promise<Item[]> {
    return (await new LocalApi(this.folder).get<{ items: Item[] }>(`/api/v1/${path}`)).items
  }

  /** Asks again and again until the answer is as wanted. */
  async until<Item>(
    path: string,
    wanted: (items: Item[]) => boolean,
    what: string,
    ms?: number,
  ): Promise<Item[]> {
    let items: Item[] = []
    await eventually(async () => wanted((items = await this.get<Item>(path))), what, ms).catch(
      (error: Error) =>
        Promise.reject(new Error(`${error.message}\n${JSON.stringify(items, null, 1)}\n${this.errors}`)),
    )
    return items
  }

  /** Processes whose command line names its folder: all that belongs to it. */
  processes(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(this.folder))
      .map(Number)
  }

  enforcerPid(): number | undefined {
    return this.processes().find((pid) => commandLine(pid).includes('\0enforcer\0'))
  }

  async stop(signal: NodeJS.Signals): Promise<number> {
    const began = performance.now()
    this.child.kill(signal)
    await this.exited
    return performance.now() - began
  }
}

/** Options that leave the engines of this machine alone. */
export function onlyNamespaces(folder: string): string[] {
  return [
    ...['docker', 'podman', 'containerd'].map((engine) => `--${engine}-socket=none`),
    `--netns-folder=${folder}`,
  ]
}

function commandLine(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
