import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const START_MS = 30_000
const STOP_MS = 10_000
/** Older ones make it with its folder where it is not there, and are told by no option to leave it. */
const trustKey = '/etc/docker/key.json'
/** What the daemon starts; each names the daemon's folder on its command line. */
const programs = new Set(['dockerd', 'containerd', 'containerd-shim-runc-v2', 'docker', 'docker-proxy'])

/** A Docker of the clinic's own, apart from the machine's, whose packet filter and forwarding it leaves as they are. */
export class ClinicDockerd {
  readonly socket: string
  readonly #folder: string
  readonly #log: string
  readonly #bridge: string
  readonly #isKeyNew = !existsSync(trustKey)
  #process: ChildProcess | undefined

  /** @param bridge that its network has on the host */
  constructor(folder: string, log: string, bridge: string) {
    this.socket = join(folder, 'docker.sock')
    this.#folder = folder
    this.#log = log
    this.#bridge = bridge
  }

  async start(answers: () => boolean, ending: AbortSignal): Promise<void> {
    mkdirSync(this.#folder, { recursive: true })
    const at = (name: string) => join(this.#folder, name)
    const own = ['--data-root', at('data'), '--exec-root', at('exec'), '--pidfile', at('pid')]
    const apart = [
      '--bridge=none',
      '--iptables=false',
      '--ip6tables=false',
      '--ip-forward=false',
      '--ip-masq=false',
    ]
    const log = openSync(this.#log, 'a')
    // It ends with us, however we end.
    const command = ['--pdeathsig', 'TERM', 'dockerd', '-H', `unix://${this.socket}`, ...own, ...apart]
    const daemon = spawn('setpriv', command, { stdio: ['ignore', log, log], detached: true })
    closeSync(log)
    this.#process = daemon
    for (const until = Date.now() + START_MS; !answers(); await sleep(50)) {
      ending.throwIfAborted()
      if (Date.now() > until || daemon.exitCode !== null)
        throw new Error(`dockerd does not start; ${this.#log} says why`)
    }
  }

  /** Also what one before has left. Synchronous, because it is also done on the way out. */
  stop(): void {
    const daemon = this.#process
    if (daemon !== undefined) {
      daemon.kill('SIGTERM')
      waitFor(() => !existsSync(`/proc/${daemon.pid}/exe`))
    }
    this.#clear()
    if (daemon === undefined || !this.#isKeyNew) return
    rmSync(trustKey, { force: true })
    if (isEmptyFolder(dirname(trustKey))) rmdirSync(dirname(trustKey))
  }

  /** Takes away what a daemon of this folder has left, also one that was killed: processes, mounts, bridge and files. */
  #clear(): void {
    if (!existsSync(this.#folder)) return
    const left = this.#processes()
    for (const pid of left) kill(pid)
    waitFor(() => left.every((pid) => !existsSync(`/proc/${pid}/exe`)))
    for (const path of mountsIn(this.#folder)) spawnSync('umount', ['-l', path])
    if (existsSync(`/sys/class/net/${this.#bridge}`)) execFileSync('ip', ['link', 'delete', this.#bridge])
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Its programs, and what they watch over: the first processes of containers. */
  #processes(): number[] {
    const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
    const own = all.filter((pid) => {
      const [program, ...args] = read(`/proc/${pid}/cmdline`).split('\0')
      return programs.has(basename(program)) && args.some((arg) => arg.includes(this.#folder))
    })
    const children = all.filter((pid) => own.includes(parentOf(pid)))
    return [...new Set([...own, ...children])].map(Number)
  }
}

function isEmptyFolder(path: string): boolean {
  return existsSync(path) && readdirSync(path).length === 0
}

/** `/proc/PID/stat`: number, name in brackets, state, parent (proc_pid_stat(5)). */
function parentOf(pid: string): string {
  const stat = read(`/proc/${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? ''
}

function mountsIn(folder: string): string[] {
  const paths = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '')
  return paths.filter((path) => path.startsWith(`${folder}/`)).toReversed()
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // Ended meanwhile.
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Ended meanwhile.
  }
}

function waitFor(isSo: () => boolean): void {
  for (const until = Date.now() + STOP_MS; !isSo() && Date.now() < until;) Atomics.wait(sleeper, 0, 0, 50)
}

const sleeper = new Int32Array(new SharedArrayBuffer(4))
