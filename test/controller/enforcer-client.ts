import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { LineSplitter } from '../../src/lib/line-splitter.ts'
import type { ControllerMessage, EnforcerMessage, ObservedRecord } from '../../src/model/enforcer-messages.ts'

/** Where a controller is: its Unix socket, or how a connection is made to the port for nodes. */
export type Place = string | (() => TLSSocket)

/** Speaks to a controller as an enforcer does, over its real socket. */
export class EnforcerClient {
  readonly #socket: Socket
  readonly #lines = new LineSplitter(1 << 20)
  readonly #waiting: { until: (message: ControllerMessage) => boolean; resolve: () => void }[] = []
  readonly received: ControllerMessage[] = []
  readonly closed: Promise<void>

  private constructor(socket: Socket) {
    this.#socket = socket
    this.closed = new Promise((resolve) => socket.on('close', () => resolve()))
    socket.on('data', (chunk: Buffer) => {
      for (const line of this.#lines.push(chunk) ?? []) this.#take(JSON.parse(line) as ControllerMessage)
    })
    socket.on('error', () => undefined)
  }

  static async connect(to: Place): Promise<EnforcerClient> {
    const socket = typeof to === 'string' ? connect(to) : to()
    await once(socket, typeof to === 'string' ? 'connect' : 'secureConnect')
    return new EnforcerClient(socket)
  }

  /** Connects and is welcomed. */
  static async join(to: Place, change: Partial<Hello> = {}): Promise<EnforcerClient> {
    const client = await EnforcerClient.connect(to)
    client.send({ ...hello, ...change })
    await client.until((message) => message.kind === 'welcome')
    return client
  }

  send(message: EnforcerMessage): boolean {
    return this.raw(`${JSON.stringify(message)}\n`)
  }

  /** False when the other side has not taken what was sent before. */
  raw(text: string | Buffer): boolean {
    return this.#socket.write(text)
  }

  /** Answers with what it goes by. */
  enforced(policy: string | null, quarantined: string[] = []): boolean {
    return this.send({ kind: 'enforced', policy, quarantined })
  }

  batch(sequence: number, records: ObservedRecord[]): boolean {
    return this.send({ kind: 'batch', sequence, records })
  }

  drained(): Promise<unknown> {
    return once(this.#socket, 'drain')
  }

  /** Resolves when such a message has come; at once when it came before. */
  until(wanted: (message: ControllerMessage) => boolean): Promise<void> {
    if (this.received.some(wanted)) return Promise.resolve()
    return new Promise((resolve) => this.#waiting.push({ until: wanted, resolve }))
  }

  acknowledged(sequence: number): Promise<void> {
    return this.until((message) => message.kind === 'acknowledge' && message.sequence >= sequence)
  }

  /** Reads nothing from now on. */
  stopReading(): void {
    this.#socket.pause()
  }

  /** As a kill would end it. */
  destroy(): void {
    this.#socket.destroy()
  }

  #take(message: ControllerMessage): void {
    this.received.push(message)
    for (const waiting of this.#waiting.filter(({ until }) => until(message))) {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
      waiting.resolve()
    }
  }
}

type Hello = Extract<EnforcerMessage, { kind: 'hello' }>

export const hello: Hello = {
  kind: 'hello',
  enforcer: 'node-1',
  run: 'run-1',
  version: '0.1.0',
  startedAt: '2026-11-20T09:29:00.000Z',
  workers: 2,
}
