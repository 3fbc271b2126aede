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
    for (const lane of this.#lanes) if (lane.channel.address === undefined) lane.send(notice)
  }

  /**
   * Tells those that have one of these addresses, or where there is none those that are told of everything.
   *
   * @returns names of whom it was told, once it was
   * @throws Error with those who were not, and why; also where there is nobody of an address
   */
  async tell(notice: Notice, addresses: readonly string[]): Promise<string[]> {
    const lanes = this.#lanes.filter(({ channel: { address } }) =>
      address === undefined ? addresses.length === 0 : addresses.includes(address),
    )
    const unknown = addresses.filter((each) => !lanes.some(({ channel }) => channel.address === each))
    const problems = unknown.map((each) => `there is no webhook ${JSON.stringify(each)}`)
    if (lanes.length === 0 && addresses.length === 0) problems.push('nobody is told of notices here')
    const told = await Promise.all(
      lanes.map((lane) => new Promise<string | null>((done) => lane.send(notice, done))),
    )
    for (const [i, problem] of told.entries())
      if (problem !== null) problems.push(`${lanes[i].channel.name}: ${problem}`)
    if (problems.length > 0) throw new Error(problems.join('; '))
    return lanes.map(({ channel }) => channel.name)
  }

  /** Ends what is under way; what waits is told in the log. */
  async close(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.close()))
  }
}

/** @param problem why it was not told; null where it was */
type Done = (problem: string | null) => void

class Lane {
  readonly channel: Channel
  readonly #log: Log
  readonly #stopped = new AbortController()
  readonly #waiting: { notice: Notice; done?: Done | undefined }[] = []
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> | undefined
  #tries = 0
  #pauseMs: number = notifyLimits.retryMs.first

  constructor(channel: Channel, log: Log) {
    this.channel = channel
    this.#log = log
  }

  send(notice: Notice, done?: Done): void {
    if (this.#stopped.signal.aborted) return done?.('Pavise stops')
    this.#waiting.push({ notice, done })
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
      const [first] = this.#waiting
      try {
        await this.channel.send(first.notice, this.#stopped.signal)
        if (this.#waiting[0] === first) this.#waiting.shift()
        first.done?.(null)
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
      this.#log('warn', `${this.channel.name} does not take notices: ${why}. It is told again.`)
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
    if (lost === undefined) return
    const { about, title } = lost.notice
    this.#log('error', `${this.channel.name} was not told of ${about}, ${title}: ${why}.`)
    lost.done?.(why)
  }
}
