import { Worker } from 'node:worker_threads'
import { storeLimits } from '../limits.ts'
import { StoreError } from '../store-error.ts'
import type { SqlStore } from '../sql/sql-store.ts'
import type {
  ThreadData,
  ThreadError,
  ThreadMethod,
  ThreadPart,
  ThreadRequest,
  ThreadResponse,
} from './thread-messages.ts'

type Result<Method extends ThreadMethod> = Awaited<ReturnType<SqlStore[Method]>>

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/** Calls into the store's thread, and the end of it. */
export class StoreThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  readonly #exited: Promise<void>
  #nextId = 1
  #closing = false
  #failure: Error | undefined
  readonly failed: Promise<Error>

  private constructor(data: ThreadData) {
    this.#worker = new Worker(new URL('./sqlite-thread.ts', import.meta.url), {
      workerData: data,
      // Flags by which this process was told what to run are not the thread’s.
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: storeLimits.threadYoungMiB },
    })
    this.#worker.on('message', (response: ThreadResponse) => this.#settle(response))
    this.failed = new Promise((resolve) => {
      const fail = (error: Error) => {
        this.#fail(error)
        if (!this.#closing) resolve(error)
      }
      this.#worker.on('error', fail)
      this.#worker.on('exit', () =>
        fail(new StoreError('STORE_UNAVAILABLE', 'The store’s thread has ended.')),
      )
    })
    this.#exited = new Promise((resolve) => this.#worker.on('exit', () => resolve()))
  }

  /**
   * @param isReadOnly for a file that another thread has brought up to date
   * @throws StoreError where the file cannot be opened or brought up to date.
   */
  static async open(path: string, { isReadOnly = false } = {}): Promise<StoreThread> {
    const thread = new StoreThread({ path, isReadOnly })
    try {
      await new Promise((resolve, reject) => thread.#waiting.set(0, { resolve, reject }))
    } catch (error) {
      thread.#closing = true
      await thread.#worker.terminate()
      throw error
    }
    return thread
  }

  call<Method extends ThreadMethod>(
    method: Method,
    ...parameters: Parameters<SqlStore[Method]>
  ): Promise<Result<Method>> {
    return this.#ask(null, method, parameters) as Promise<Result<Method>>
  }

  /** A part of the store, each of whose methods is called over there. */
  part<Name extends ThreadPart>(name: Name): Pick<SqlStore[Name], keyof SqlStore[Name]> {
    return new Proxy({} as SqlStore[Name], {
      get:
        (_, method) =>
        (...parameters: unknown[]) =>
          this.#ask(name, String(method), parameters),
    })
  }

  async close(): Promise<void> {
    if (this.#closing || this.#failure) return
    this.#closing = true
    await this.#send(null, 'close', [])
    await this.#exited
  }

  #ask(part: ThreadPart | null, method: string, parameters: unknown[]): Promise<unknown> {
    if (this.#closing) return Promise.reject(new StoreError('STORE_CLOSED', 'The store is closed.'))
    if (this.#failure) return Promise.reject(this.#failure)
    return this.#send(part, method, parameters)
  }

  #send(part: ThreadPart | null, method: string, parameters: unknown[]): Promise<unknown> {
    const request: ThreadRequest = { id: this.#nextId++, part, method, parameters }
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject })
      this.#worker.postMessage(request)
    })
  }

  #settle(response: ThreadResponse): void {
    const waiting = this.#waiting.get(response.id)
    this.#waiting.delete(response.id)
    if ('error' in response) waiting?.reject(revive(response.error))
    else waiting?.resolve(response.result)
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const waiting of this.#waiting.values()) waiting.reject(error)
    this.#waiting.clear()
  }
}

function revive(error: ThreadError): Error {
  if (error.code === null) return new Error(error.message)
  return new StoreError(
    error.code,
    error.message,
    error.nextStep === undefined ? {} : { nextStep: error.nextStep },
  )
}
