import {
  closeSync,
  constants,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { watchFolder } from '../folder-watch.ts'
import { isAlive } from '../processes.ts'
import { type ContainerStart, readContainerState } from './container-start.ts'
import { startLimits } from './limits.ts'

/** Who answers; while its process is there, starts wait. */
const answering = 'answering'
const request = /^[0-9]+\.state$/

/** @returns why the container may not start, in one sentence; undefined where it may */
export type HandleStart = (start: ContainerStart) => Promise<string | undefined>

/**
 * Starts of containers that wait for us, by a wrapper around the engine's runtime (`wrapper-script.ts`): it leaves a file
 * `<number>.state` in a folder, and reads from the pipe `<number>.answer` until we write to it.
 */
export class StartRequests {
  readonly #folder: string
  readonly #handle: HandleStart
  readonly #held = new Set<Promise<void>>()
  readonly #closed = Promise.withResolvers<undefined>()
  #watch: { close(): void } | undefined

  /**
   * @param folder Made where it is not there, for its owner only.
   * @param handle Does what has to be done before the container starts. Must not reject.
   */
  constructor(folder: string, handle: HandleStart) {
    this.#folder = folder
    this.#handle = handle
  }

  /** Starts wait from now on. @throws what the system says of the folder */
  open(): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    this.#watch = watchFolder(this.#folder, undefined, () => this.#look())
    writeFileSync(join(this.#folder, answering), `${process.pid}\n`, { mode: 0o600 })
    this.#look()
  }

  /** Nobody waits any more: who does is answered before it resolves. */
  async close(): Promise<void> {
    if (this.#watch === undefined) return
    this.#watch.close()
    rmSync(join(this.#folder, answering), { force: true })
    this.#closed.resolve(undefined)
    this.#look()
    await Promise.all(this.#held)
  }

  #look(): void {
    for (const name of this.#names()) {
      const state = this.#take(name)
      if (state === undefined) continue
      const start = this.#held.size < startLimits.held ? readContainerState(state) : undefined
      const held = this.#hold(name.slice(0, name.indexOf('.')), start).finally(() => this.#held.delete(held))
      this.#held.add(held)
    }
  }

  async #hold(number: string, start: ContainerStart | undefined): Promise<void> {
    const refusal = start && (await Promise.race([this.#handle(start), this.#closed.promise]))
    await this.#answer(number, refusal === undefined ? 'go' : `no ${plain(refusal)}`)
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => request.test(name))
    } catch {
      return []
    }
  }

  /** What a request says; it is taken once. */
  #take(name: string): string | undefined {
    const path = join(this.#folder, name)
    try {
      const state = statSync(path).size <= startLimits.stateBytes ? readFileSync(path, 'utf8') : ''
      rmSync(path)
      return state
    } catch {
      return undefined
    }
  }

  /** A pipe that nobody reads cannot be opened: whoever asked is about to, or has gone. */
  async #answer(number: string, answer: string): Promise<void> {
    const path = join(this.#folder, `${number}.answer`)
    const until = performance.now() + startLimits.answerMs
    while (performance.now() < until) {
      try {
        const pipe = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK)
        writeSync(pipe, `${answer}\n`)
        return closeSync(pipe)
      } catch {
        if (!isAlive(Number(number))) return
        await sleep(startLimits.answerPollMs)
      }
    }
  }
}

/** As it can stand in one line, and within quotes in the file that runtimes log to. */
function plain(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]|["\\]/g, '?').slice(0, startLimits.refusalLength)
}
