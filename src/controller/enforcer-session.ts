import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { endSoon } from './nodes/end-soon.ts'
import { LineSplitter } from '../lib/line-splitter.ts'
import {
  wireLimits,
  type ControllerMessage,
  type Enforced,
  type EnforcerMessage,
  type EnforcerStatus,
  type KillReport,
  type WorkloadState,
} from '../model/enforcer-messages.ts'
import type { CapturePart } from '../model/captures.ts'
import type { NodeCertificate, NodeRefusal } from '../model/node-messages.ts'
import type { Appended, Batch } from '../store/store.ts'
import { controllerLimits } from './limits.ts'
import { checkLine, type Rejected } from './wire-check.ts'

export type Hello = Extract<EnforcerMessage, { kind: 'hello' }>
export type Renewal = Extract<EnforcerMessage, { kind: 'renew' }>

/** What a session asks of the controller. */
export interface SessionHost {
  readonly hashKey: string
  /** A hello came; resolves with the last durable batch of that run. */
  welcome(session: EnforcerSession, hello: Hello): Promise<number>
  workloads(hello: Hello, states: WorkloadState[], complete: boolean): Promise<void>
  /** Resolves when the batch is durable. */
  append(batch: Batch): Promise<Appended>
  rejected(hello: Hello, rejected: Rejected): void
  status(hello: Hello, status: EnforcerStatus): void
  enforced(session: EnforcerSession, enforced: Enforced): void
  capture(hello: Hello, part: CapturePart): void
  /** The next certificate of the node that the connection is of; undefined where there is none. */
  renew(session: EnforcerSession, offer: Renewal): Promise<NodeCertificate | undefined>
  killed(report: KillReport): void
  /** The connection is over; `problem` when it was ended from here. */
  ended(session: EnforcerSession, problem: string | null): void
}

/** The machine that a connection comes from. */
export interface SessionNode {
  id: string
  name: string
  socket: TLSSocket
}

/**
 * One connection of an enforcer. Nothing is read while as many batches as are allowed wait for the disk: what the
 * store cannot take stays with the enforcer.
 */
export class EnforcerSession {
  /** The machine that it comes from, as its certificate says; undefined for this machine, over the Unix socket. */
  readonly node: SessionNode | undefined
  readonly #socket: Socket
  readonly #host: SessionHost
  readonly #lines = new LineSplitter(wireLimits.lineBytes)
  readonly #helloTimer: NodeJS.Timeout
  #hello: Hello | null = null
  #welcomed = false
  /** Lines that came with the hello, before it was answered. */
  #early: string[] = []
  #inFlight = 0
  #ended = false
  readonly #heartbeat: NodeJS.Timeout | undefined
  /** On the clock of `performance.now`. */
  #heardAt = performance.now()

  constructor(socket: Socket, host: SessionHost, node?: SessionNode) {
    this.node = node
    this.#socket = socket
    this.#host = host
    this.#helloTimer = setTimeout(() => this.end('no hello in time'), controllerLimits.helloMs)
    if (node !== undefined)
      this.#heartbeat = setInterval(() => this.#beat(), controllerLimits.aliveMs).unref()
    socket.on('data', (chunk: Buffer) => this.#read(chunk))
    socket.on('error', (error) => this.end(isGone(error) ? null : error.message))
    socket.on('close', () => this.end(null))
  }

  get hello(): Hello | null {
    return this.#hello
  }

  /** Ends the connection; batches that the store has already are stored, but not acknowledged here. */
  end(problem: string | null): void {
    if (this.#finish(problem)) this.#socket.destroy()
  }

  /** Ends it and says why: nothing that comes after this is taken. */
  expel(refusal: NodeRefusal): void {
    if (!this.#finish(refusal.code)) return
    this.#socket.removeAllListeners('data')
    this.#socket.write(`${JSON.stringify(refusal)}\n`)
    endSoon(this.#socket)
  }

  /** False where it is over already. */
  #finish(problem: string | null): boolean {
    if (this.#ended) return false
    this.#ended = true
    clearTimeout(this.#helloTimer)
    clearInterval(this.#heartbeat)
    this.#host.ended(this, problem)
    return true
  }

  /** Says something that was not asked for. What it said before may still wait to be read there. */
  send(message: ControllerMessage): void {
    if (!this.#ended) this.#socket.write(`${JSON.stringify(message)}\n`)
  }

  /** A machine that is gone ends no connection. While nothing is read, nothing can be heard. */
  #beat(): void {
    const now = performance.now()
    if (this.#socket.isPaused()) this.#heardAt = now
    if (now - this.#heardAt > controllerLimits.silenceMs)
      return this.end(`nothing was heard for ${controllerLimits.silenceMs / 1_000} s`)
    if (this.#welcomed) this.send({ kind: 'alive' })
  }

  #read(chunk: Buffer): void {
    this.#heardAt = performance.now()
    const lines = this.#lines.push(chunk)
    if (!lines) return this.end(`a line is longer than ${wireLimits.lineBytes} bytes`)
    for (const line of lines) {
      if (this.#ended) return
      if (this.#hello && !this.#welcomed) this.#early.push(line)
      else this.#receive(line)
    }
  }

  #receive(line: string): void {
    if (line === '') return
    const checked = checkLine(line)
    if ('problem' in checked) return this.end(checked.problem)
    const { message, rejected } = checked
    if (message.kind === 'hello') return this.#greet(message)
    if (!this.#hello) return this.end(`${message.kind} before hello`)
    if (message.kind === 'status') this.#host.status(this.#hello, message.status)
    if (message.kind === 'enforced') this.#host.enforced(this, message)
    if (message.kind === 'capture') this.#host.capture(this.#hello, message)
    if (message.kind === 'renew') this.#renew(message)
    if (message.kind === 'killed') this.#host.killed(message)
    if (message.kind === 'workloads') this.#workloads(this.#hello, message.workloads, message.complete)
    if (message.kind === 'batch') this.#batch(this.#hello, message.sequence, { ...message, rejected })
  }

  #greet(hello: Hello): void {
    if (this.#hello) return this.end('hello twice')
    if (this.node !== undefined && this.node.name !== hello.enforcer)
      return this.end(`node ${this.node.name} calls itself ${hello.enforcer}`)
    this.#hello = hello
    clearTimeout(this.#helloTimer)
    this.#socket.pause()
    this.#host.welcome(this, hello).then(
      (acknowledged) => this.#welcome(acknowledged),
      (error: Error) => this.end(error.message),
    )
  }

  #welcome(acknowledged: number): void {
    if (this.#ended) return
    this.#welcomed = true
    this.send({ kind: 'welcome', acknowledged, hashKey: this.#host.hashKey })
    const early = this.#early
    this.#early = []
    for (const line of early) if (!this.#ended) this.#receive(line)
    if (!this.#full) this.#socket.resume()
  }

  #renew(offer: Renewal): void {
    this.#begin(
      this.#host.renew(this, offer),
      (certificate) => certificate !== undefined && this.send(certificate),
    )
  }

  #workloads(hello: Hello, states: WorkloadState[], complete: boolean): void {
    this.#begin(this.#host.workloads(hello, states, complete), () => undefined)
  }

  #batch(hello: Hello, sequence: number, batch: Pick<Batch, 'records'> & { rejected: Rejected }): void {
    if (batch.rejected.records > 0) this.#host.rejected(hello, batch.rejected)
    const { enforcer, run } = hello
    const stored = this.#host.append({ enforcer, run, sequence, records: batch.records })
    this.#begin(stored, (appended) => this.#acknowledge(appended.acknowledged))
  }

  /** Reads on once the store has taken enough of what it was given. */
  #begin<Result>(work: Promise<Result>, done: (result: Result) => unknown): void {
    this.#inFlight++
    if (this.#full) this.#socket.pause()
    const finish = (result: Result) => {
      this.#inFlight--
      if (this.#ended) return
      done(result)
      if (!this.#full) this.#socket.resume()
    }
    work.then(finish, (error: Error) => this.end(error.message))
  }

  #acknowledge(sequence: number): void {
    this.send({ kind: 'acknowledge', sequence })
    if (this.#socket.writableLength > controllerLimits.unreadAnswerBytes) {
      this.end('it does not read its acknowledgements')
    }
  }

  get #full(): boolean {
    return this.#inFlight >= wireLimits.batchesInFlight
  }
}

/**
 * Whether that only says that the other side is gone. It is what we hear in place of the end of the connection when
 * acknowledgements are under way at that moment, as they nearly always are.
 */
function isGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE'
}
