import type { Log } from '../lib/log.ts'
import { notifyLimits } from './limits.ts'
import type { Channel, Notice } from './notice.ts'

/** Tells every channel of each notice, in order and again until it is taken; one that is slow holds no other up. */
export class Notifier {
  readonly #lanes: readonly Lane[]

  constructor(channels: readonly Channel[], log: Log) {
    this.#lanes = channels.map((channel) => new Lane(channel, log))
  }

  send(notice: Notice): void {
    for (const lane of this.#lanes) lane.send(notice)
  }

  /** Ends what is under way; what waits is told in the log. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }
}

class Lane {
  readonly #channel: Channel
  readonly #log: Log
  readonly #stopped = new AbortController()
  readonly #waiting: Notice[] = []
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #tries = 0
  #pauseMs: number = notifyLimits.retryMs.first

  constructor(channel: Channel, log: Log) {
    this.#channel = channel
    this.#log = log
  }

  send(notice: Notice): void {
    if (this.#stopped.signal.aborted) return
    this.#waiting.push(notice)
    if (this.#waiting.length > notifyLimits.waiting) this.#giveUp('too many wait')
    if (this.#timer === undefined) this.#running ??= this.#run()
  }

  async close(): Promise<void> {
    this.#stopped.abort()
    clearTimeout(this.#timer)
    await this.#running
    while (this.#waiting.length > 0) this.#giveUp('Pavise stops')
  }

  async #run(): Promise<void> {
    // One at a time, and what comes meanwhile after it.
    while (this.#waiting.length > 0 && !this.#stopped.signal.aborted) {
      const [notice] = this.#waiting
      try {
        await this.#channel.send(notice, this.#stopped.signal)
        if (this.#waiting[0] === notice) this.#waiting.shift()
        this.#tries = 0
        this.#pauseMs = notifyLimits.retryMs.first
      } catch (error) {
        this.#failed((error as Error).message)
        break
      }
    }
    this.#running = undefined
  }

  #failed(why: string): void {
    if (this.#stopped.signal.aborted) return
    this.#tries++
    if (this.#tries === 1)
      this.#log('warn', `${this.#channel.name} does not take notices: ${why}. It is told again.`)
    if (this.#tries >= notifyLimits.tries) this.#giveUp(why)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#running = this.#run()
    }, this.#pauseMs).unref()
    this.#pauseMs = Math.min(this.#pauseMs * 2, notifyLimits.retryMs.most)
  }

  #giveUp(why: string): void {
    const lost = this.#waiting.shift()
    this.#tries = 0
    this.#log('error', `${this.#channel.name} was not told of ${lost?.about}, ${lost?.title}: ${why}.`)
  }
}
