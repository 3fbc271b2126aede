import { spawn, type ChildProcess } from 'node:child_process'
import { LineSplitter } from '../../lib/line-splitter.ts'
import type { Log } from '../../lib/log.ts'
import { upLimits } from './limits.ts'

export interface EnforcerProcessOptions {
  command: string
  args: string[]
  log: Log
  /** It ended though it was not told to; `detail` says how, and when it is started again. */
  ended: (detail: string) => void
}

/**
 * The enforcer as a child in our process group, started again with growing pauses when it ends. Its standard input is
 * a pipe that nothing is written to: its end is the sign that we are gone, however we went.
 */
export class EnforcerProcess {
  readonly #options: EnforcerProcessOptions
  #child: ChildProcess | null = null
  #restart: NodeJS.Timeout | null = null
  #pauseMs: number = upLimits.restartMs.first
  #stopping = false

  constructor(options: EnforcerProcessOptions) {
    this.#options = options
    this.#start()
  }

  get pid(): number | undefined {
    return this.#child?.pid
  }

  /** Tells it to end and waits; kills it where that takes too long. */
  async stop(): Promise<void> {
    this.#stopping = true
    if (this.#restart) clearTimeout(this.#restart)
    const child = this.#child
    if (!child) return
    const ended = new Promise((resolve) => child.once('close', resolve))
    const timer = setTimeout(() => child.kill('SIGKILL'), upLimits.enforcerStopMs)
    child.kill('SIGTERM')
    await ended
    clearTimeout(timer)
  }

  #start(): void {
    this.#restart = null
    const { command, args } = this.#options
    const startedAt = performance.now()
    const child = spawn(command, args, { env: environment(), stdio: ['pipe', 'ignore', 'pipe'] })
    this.#child = child
    let failure: string | null = null
    child.once('error', (error) => (failure = error.message))
    child.once('close', (code, signal) => {
      this.#child = null
      if (!this.#stopping) this.#again(failure ?? howItEnded(code, signal), performance.now() - startedAt)
    })
    this.#forward(child)
  }

  /** What it writes is logged line by line; a line that is too long ends that. */
  #forward(child: ChildProcess): void {
    const lines = new LineSplitter(upLimits.enforcerLineBytes)
    const log = (line: string) => line !== '' && this.#options.log('info', `enforcer: ${line}`)
    child.stderr?.on('data', (chunk: Buffer) => {
      const whole = lines.push(chunk)
      if (whole) whole.forEach(log)
      else child.stderr?.removeAllListeners('data').resume()
    })
    child.stderr?.once('end', () => log(lines.end()))
    child.stdin?.on('error', () => undefined)
  }

  #again(how: string, ranMs: number): void {
    const { first, most, forgottenAfter } = upLimits.restartMs
    if (ranMs >= forgottenAfter) this.#pauseMs = first
    const pauseMs = this.#pauseMs
    this.#pauseMs = Math.min(pauseMs * 2, most)
    this.#options.ended(`the enforcer ended (${how}); it is started again in ${pauseMs / 1000} s`)
    this.#restart = setTimeout(() => this.#start(), pauseMs)
  }
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  return signal === null ? `exit code ${code}` : `signal ${signal}`
}

/** Without what leads to the store: the enforcer reads what attackers send, and has no use for it. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => name !== 'PAVISE_STORE' && !name.startsWith('PG')),
  )
}
