import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * A container without an engine: an overlay over the machine's own root, whose upper layer is in memory, as the root of a mount and a
 * process namespace. So it has the programs of the machine and changes nothing of it.
 */
export class OverlayContainer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'pavise-bench-'))
  readonly #first: ChildProcess
  /** Number of its first process. */
  pid = 0

  private constructor() {
    mkdirSync(join(this.#folder, 'memory'))
    const script = `mount -t tmpfs tmpfs ${this.#folder}/memory && cd ${this.#folder}/memory &&
      mkdir upper work root &&
      mount -t overlay overlay -o "lowerdir=/,upperdir=$PWD/upper,workdir=$PWD/work" root &&
      cd root && mount -t proc proc proc && mkdir -p .old && pivot_root . .old && umount -l .old &&
      echo ready && exec sleep 10000`
    this.#first = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
  }

  /** Resolves when it runs. */
  static async start(): Promise<OverlayContainer> {
    const container = new OverlayContainer()
    if (container.#first.stdout !== null) await once(container.#first.stdout, 'data')
    const { stdout } = spawnSync('pgrep', ['-P', String(container.#first.pid)], { encoding: 'utf8' })
    container.pid = Number(stdout)
    return container
  }

  /** Runs a shell command in it. @returns how long that took, in ms */
  async run(command: string): Promise<number> {
    const began = performance.now()
    const inside = spawn(
      'nsenter',
      ['-t', String(this.pid), '-m', '-p', '-r', '-w', '/bin/sh', '-c', command],
      {
        stdio: 'ignore',
      },
    )
    const [code] = (await once(inside, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`${command}: exit code ${code}`)
    return performance.now() - began
  }

  async remove(): Promise<void> {
    const exited = once(this.#first, 'exit')
    this.#first.kill('SIGKILL')
    await exited
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
