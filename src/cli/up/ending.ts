import { ExitCode } from '../../lib/errors.ts'
import { upLimits } from './limits.ts'

const codes = { SIGTERM: ExitCode.clean, SIGHUP: ExitCode.clean, SIGINT: ExitCode.interrupted } as const
type EndingSignal = keyof typeof codes

/** Why and with what exit code the program ends: a signal, nobody reading any more, or a part that failed. */
export class Ending {
  readonly reason: Promise<ExitCode>
  #resolve: (code: ExitCode) => void = () => undefined
  #code: ExitCode | null = null
  #firstSignalAt = -Infinity

  constructor() {
    this.reason = new Promise((resolve) => (this.#resolve = resolve))
    for (const signal of Object.keys(codes)) process.on(signal, this.#onSignal)
    process.stdout.on('error', this.#onBrokenPipe)
    process.stderr.on('error', this.#onBrokenPipe)
  }

  /** What is decided, or clean where nothing is yet. */
  get code(): ExitCode {
    return this.#code ?? ExitCode.clean
  }

  /** The first one counts. */
  end(code: ExitCode): void {
    this.#code ??= code
    this.#resolve(this.#code)
  }

  close(): void {
    for (const signal of Object.keys(codes)) process.off(signal, this.#onSignal)
  }

  /**
   * A second signal means at once: the kernel takes back what it can, the next start the rest. One that comes right
   * after the first is the same: Ctrl-C reaches the whole process group, and npm hands it on besides.
   */
  readonly #onSignal = (signal: NodeJS.Signals) => {
    const now = performance.now()
    if (now - this.#firstSignalAt < upLimits.sameSignalMs) return
    if (this.#code !== null) process.exit(this.#code)
    this.#firstSignalAt = now
    this.end(codes[signal as EndingSignal])
  }

  readonly #onBrokenPipe = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') this.end(ExitCode.clean)
  }
}
