import { Agent, type IncomingMessage, request } from 'node:http'
import { LineSplitter } from '../../lib/line-splitter.ts'
import { engineLimits } from '../limits.ts'
import { EngineError, toEngineError } from '../engine/engine-error.ts'

/** Asks one engine over its socket. Every answer is bounded in size and, but for a stream, in time. */
export class EngineClient {
  readonly #socketPath: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: engineLimits.requests })
  readonly #closed = new AbortController()

  constructor(socketPath: string) {
    this.#socketPath = socketPath
  }

  /**
   * @param path With the version of the API and the query.
   * @throws EngineError
   */
  async get(path: string, limitBytes: number): Promise<unknown> {
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(engineLimits.requestMs)])
    try {
      const response = await this.#request(path, signal, this.#agent)
      const body = await readAll(
        response,
        response.statusCode === 200 ? limitBytes : engineLimits.answerBytes,
      )
      if (response.statusCode !== 200) throw statusError(response.statusCode ?? 0, body)
      return parseJson(body)
    } catch (cause) {
      throw this.#explain(cause, signal)
    }
  }

  /**
   * Hands over every line of an answer that goes on until the engine or `close` ends it.
   *
   * @throws EngineError also when the engine ends it: `ended`.
   */
  async stream(path: string, onLine: (line: string) => void): Promise<never> {
    try {
      const response = await this.#request(path, this.#closed.signal, false)
      if (response.statusCode !== 200)
        throw statusError(response.statusCode ?? 0, await readAll(response, engineLimits.answerBytes))
      const lines = new LineSplitter(engineLimits.eventBytes)
      for await (const chunk of response as AsyncIterable<Buffer>) {
        const complete = lines.push(chunk)
        if (complete === null) throw tooLarge('an event', engineLimits.eventBytes)
        for (const line of complete) if (line !== '') onLine(line)
      }
      throw new EngineError('ended', 'the engine ended its stream of events')
    } catch (cause) {
      throw toEngineError(cause)
    }
  }

  /** Ends all that is under way. */
  close(): void {
    this.#closed.abort(new EngineError('ended', 'closed'))
    this.#agent.destroy()
  }

  #request(path: string, signal: AbortSignal, agent: Agent | false): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const headers = { host: 'localhost', accept: 'application/json' }
    request({ socketPath: this.#socketPath, path, headers, agent, signal }, resolve).on('error', reject).end()
    return promise
  }

  /** An aborted request fails with an error that does not say why. */
  #explain(cause: unknown, signal: AbortSignal): EngineError {
    if (!signal.aborted || this.#closed.signal.aborted || cause instanceof EngineError)
      return toEngineError(cause)
    return new EngineError('timeout', `no answer within ${engineLimits.requestMs / 1000} s`, { cause })
  }
}

async function readAll(response: IncomingMessage, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > limitBytes) throw tooLarge('an answer', limitBytes)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    // The parser's message quotes the text, which is the engine's and may hold secrets.
    throw new EngineError('malformed', 'its answer is not JSON', { cause })
  }
}

/** Engines explain themselves as `{"message": …}`. */
function statusError(status: number, body: string): EngineError {
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.){0,200})/.exec(body)?.[1]
  return new EngineError('status', `it answered ${status}${said === undefined ? '' : `: ${said}`}`, {
    status,
  })
}

function tooLarge(what: string, limitBytes: number): EngineError {
  return new EngineError('too-large', `${what} is longer than ${limitBytes} bytes`)
}
