import type { Socket } from 'node:net'
import { captureLimits } from '../../capture/limits.ts'
import { LineSplitter } from '../../lib/line-splitter.ts'
import { toJsonText } from '../../lib/json-text.ts'
import type { Log } from '../../lib/log.ts'
import {
  wireLimits,
  type ControllerMessage,
  type Enforced,
  type EnforcerMessage,
  type EnforcerStatus,
  type KillOrder,
  type KillReport,
  type WorkloadState,
} from '../../model/enforcer-messages.ts'
import type { CapturePart } from '../../model/captures.ts'
import { enforcerLimits } from '../limits.ts'
import { type ControllerLink, isAboutLink } from './controller-link.ts'
import type { Outbox } from './outbox.ts'
import type { PolicyMessage } from '../policy/enforced-policy.ts'

export interface UplinkOptions {
  link: ControllerLink
  hello: Extract<EnforcerMessage, { kind: 'hello' }>
  outbox: Outbox
  /** All workloads as they are now; asked at each connect. */
  workloads: () => WorkloadState[]
  /** What is enforced now; asked at each connect, and when that has changed. */
  enforced: () => Enforced
  /** A policy, or who is in quarantine. @returns whether to say what is enforced now */
  receive: (message: PolicyMessage) => boolean
  /** What is to be recorded. */
  captures: (message: Extract<ControllerMessage, { kind: 'captures' }>) => void
  /** A program is to end. */
  kill: (order: KillOrder) => KillReport
  /** Pods of other nodes. */
  peers: (message: Extract<ControllerMessage, { kind: 'peers' }>) => void
  log: Log
}

/**
 * The connection to the controller: made again when it breaks, with what was not acknowledged sent again. Records are
 * collected for a moment, so that batches are few.
 */
export class Uplink {
  readonly #options: UplinkOptions
  readonly #welcomed = Promise.withResolvers<string>()
  #socket: Socket | undefined
  #isWelcome = false
  #pauseMs: number = enforcerLimits.reconnectMs.first
  #reconnect: NodeJS.Timeout | undefined
  #flush: NodeJS.Timeout | undefined
  #isClosed = false
  #whenEmpty: (() => void) | undefined

  constructor(options: UplinkOptions) {
    this.#options = options
  }

  /** Resolves with the key of the keyed hashes, at the first welcome. */
  start(): Promise<string> {
    this.#connect()
    return this.#welcomed.promise
  }

  /** There is something in the outbox: it goes within `batchMs`. */
  wake(): void {
    if (this.#flush === undefined && this.#isWelcome)
      this.#flush = setTimeout(() => this.#sendWaiting(), enforcerLimits.batchMs)
  }

  /** A workload has changed. Where there is no controller now, it learns of it at the next connect. */
  workload(state: WorkloadState): void {
    if (this.#isWelcome) this.#send({ kind: 'workloads', workloads: [state], complete: false })
  }

  /** A piece of a file of packets. @returns whether it is on its way: nobody waits for room for it */
  capture(part: CapturePart): boolean {
    const isFull = (this.#socket?.writableLength ?? 0) > captureLimits.waitingBytes
    if (!this.#isWelcome || isFull) return false
    this.#send({ kind: 'capture', ...part })
    return true
  }

  status(status: EnforcerStatus): void {
    if (this.#isWelcome) this.#send({ kind: 'status', status })
  }

  /** Sends what waits and gives it some time to be acknowledged. */
  async drain(): Promise<void> {
    if (!this.#isWelcome || this.#options.outbox.isEmpty) return
    const empty = Promise.withResolvers<void>()
    this.#whenEmpty = empty.resolve
    const timer = setTimeout(empty.resolve, enforcerLimits.flushMs)
    this.#sendWaiting()
    await empty.promise
    clearTimeout(timer)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#reconnect)
    clearTimeout(this.#flush)
    this.#options.link.close()
    this.#socket?.destroy()
  }

  #connect(): void {
    const { link, hello, log } = this.#options
    const socket = link.connect(() => this.#send(hello))
    const lines = new LineSplitter(enforcerLimits.answerBytes)
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      const whole = lines.push(chunk)
      if (whole === null) socket.destroy()
      else for (const line of whole) this.#receive(line)
    })
    socket.on('error', (error) => {
      const text = link.explain(error)
      if (text !== undefined) log('warn', text)
    })
    socket.on('close', () => this.#again())
  }

  #again(): void {
    if (this.#isClosed) return
    if (this.#isWelcome) this.#options.log('warn', 'the controller is gone: records wait until it is back')
    this.#isWelcome = false
    clearTimeout(this.#flush)
    this.#flush = undefined
    this.#reconnect = setTimeout(() => this.#connect(), this.#pauseMs)
    this.#pauseMs = Math.min(2 * this.#pauseMs, enforcerLimits.reconnectMs.most)
  }

  #receive(line: string): void {
    const message = parse(line)
    if (message === undefined) return
    if (isAboutLink(message)) return this.#options.link.receive(message)
    switch (message.kind) {
      case 'welcome':
        return this.#beWelcome(message)
      case 'acknowledge':
        return this.#acknowledge(message.sequence)
      case 'policy':
      case 'quarantine':
        if (this.#options.receive(message)) this.#sayEnforced()
        return
      case 'captures':
        return this.#options.captures(message)
      case 'kill':
        return this.#send({ kind: 'killed', ...this.#options.kill(message) })
      case 'peers':
        return this.#options.peers(message)
    }
  }

  #sayEnforced(): void {
    this.#send({ kind: 'enforced', ...this.#options.enforced() })
  }

  #beWelcome({ acknowledged, hashKey }: Extract<ControllerMessage, { kind: 'welcome' }>): void {
    const { outbox, workloads } = this.#options
    this.#pauseMs = enforcerLimits.reconnectMs.first
    this.#isWelcome = true
    outbox.acknowledge(acknowledged)
    this.#send({ kind: 'workloads', workloads: workloads(), complete: true })
    this.#sayEnforced()
    for (const { line } of outbox.sent) this.#socket?.write(line)
    this.#sendWaiting()
    this.#options.link.welcomed((message) => this.#send(message))
    this.#welcomed.resolve(hashKey)
  }

  #acknowledge(sequence: number): void {
    const { outbox } = this.#options
    outbox.acknowledge(sequence)
    const isPressed = this.#whenEmpty !== undefined || outbox.waiting >= wireLimits.recordsPerBatch
    if (isPressed) this.#sendWaiting()
    else if (outbox.waiting > 0) this.wake()
    if (outbox.isEmpty) this.#whenEmpty?.()
  }

  #sendWaiting(): void {
    clearTimeout(this.#flush)
    this.#flush = undefined
    if (!this.#isWelcome) return
    const { outbox } = this.#options
    for (let batch = outbox.next(); batch !== undefined; batch = outbox.next())
      this.#socket?.write(batch.line)
  }

  #send(message: EnforcerMessage): void {
    this.#socket?.write(`${toJsonText(message)}\n`)
  }
}

function parse(line: string): ControllerMessage | undefined {
  try {
    return JSON.parse(line) as ControllerMessage
  } catch {
    return undefined
  }
}
