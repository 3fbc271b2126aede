import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { podmanServiceLimits } from '../limits.ts'

export interface PodmanServiceOptions {
  /** The program, and what comes before `system service`. */
  command: readonly [program: string, ...args: string[]]
  /** Podman makes it when it is first used after a boot; before, there are no containers to be seen. */
  usedFolder: string
  /** Where the folder of our socket is made, readable to us only. */
  runFolder: string
}

/**
 * Podman has no daemon. Where no service of the machine's own serves its API, this one does, as a child: it ends with
 * us, and by itself when we are killed, because nobody is connected to it then.
 */
export class PodmanService {
  readonly #options: PodmanServiceOptions
  #child: ChildProcess | undefined
  #folder: string | undefined

  constructor(options: PodmanServiceOptions) {
    this.#options = options
  }

  get isRunning(): boolean {
    return this.#child !== undefined
  }

  /** Undefined until it was first started; the same for every start. */
  get socketPath(): string | undefined {
    return this.#folder === undefined ? undefined : join(this.#folder, 'podman.sock')
  }

  /** Whether Podman is installed and has been used. */
  get isWanted(): boolean {
    const { command, usedFolder } = this.#options
    return existsSync(usedFolder) && isInstalled(command[0])
  }

  /** Resolves with why it could not be started; undefined when its socket is there. */
  async start(): Promise<string | undefined> {
    try {
      this.#folder ??= mkdtempSync(join(this.#options.runFolder, 'pavise-podman-'))
    } catch (cause) {
      return (cause as Error).message
    }
    const socketPath = join(this.#folder, 'podman.sock')
    rmSync(socketPath, { force: true })
    return this.#spawn(socketPath)
  }

  /** Ends it and removes what it left. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child !== undefined) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), podmanServiceLimits.stopMs)
      await ended
      clearTimeout(kill)
    }
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true })
    this.#folder = undefined
  }

  async #spawn(socketPath: string): Promise<string | undefined> {
    const [program, ...before] = this.#options.command
    const args = [
      ...before,
      'system',
      'service',
      `--time=${podmanServiceLimits.idleSeconds}`,
      `unix://${socketPath}`,
    ]
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#child = child
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-podmanServiceLimits.errorCharacters)
    })
    const { promise: ended, resolve } = Promise.withResolvers<void>()
    const end = () => {
      if (this.#child === child) this.#child = undefined
      resolve()
    }
    child.on('close', end).on('error', (error) => {
      said = error.message
      end()
    })
    for (let waitedMs = 0; waitedMs < podmanServiceLimits.startMs && this.#child === child; waitedMs += 20) {
      if (existsSync(socketPath)) return undefined
      await Promise.race([sleep(20), ended])
    }
    child.kill('SIGKILL')
    await ended
    return `podman system service: ${said.trim().split('\n').at(-1) || 'its socket did not come'}`
  }
}

function isInstalled(program: string): boolean {
  const folders = program.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter)
  return folders.some((folder) => isExecutable(folder === '' ? program : join(folder, program)))
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
