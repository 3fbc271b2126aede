import { request, type IncomingMessage, type RequestOptions } from 'node:http'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { apiLimits } from '../api/contract/limits.ts'
import { ExitCode, PaviseError } from '../lib/errors.ts'
import { printable } from './terminal/text.ts'
import { apiSocketIn } from './up/state-folder.ts'

export class LocalApiError extends PaviseError<
  /** Nothing listens in that state folder. */
  | 'NOT_RUNNING'
  /** The socket is another user's. */
  | 'NOT_PERMITTED'
  /** Pavise answered, with a problem. */
  | 'REFUSED'
> {}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What an answer of RFC 9457 says. */
interface Problem {
  status: number
  detail: string
  nextStep?: string
  errors?: { parameter: string; detail: string }[]
}

/**
 * The API of the Pavise that runs on this machine, over the socket in its state folder: who may open that needs no
 * login. Answers are what `src/api/contract` says.
 */
export class LocalApi {
  readonly #stateDir: string

  constructor(stateDir: string) {
    this.#stateDir = stateDir
  }

  /**
   * @param path with its query: `/api/v1/flows?limit=10`
   * @throws LocalApiError
   */
  get<Answer>(path: string): Promise<Answer> {
    return this.send('GET', path)
  }

  /**
   * All of a list, page by page, with what else the last page has.
   *
   * @param path without a query
   * @throws LocalApiError
   */
  async all<Answer extends { items: unknown[] }>(path: string): Promise<Answer> {
    const items: unknown[] = []
    for (let query = `?limit=${apiLimits.pageItems.most}`; ;) {
      const page = await this.get<Answer & { next: string | null }>(`${path}${query}`)
      items.push(...page.items)
      if (page.next === null) return { ...page, items }
      query = `?limit=${apiLimits.pageItems.most}&cursor=${encodeURIComponent(page.next)}`
    }
  }

  /**
   * @param body sent as JSON where it is given
   * @returns the answer, undefined where it has no content
   * @throws LocalApiError
   */
  async send<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const options = { socketPath: apiSocketIn(this.#stateDir), method, path, headers, agent: false }
    const response = await this.#ask(options, body === undefined ? '' : JSON.stringify(body))
    const content = await text(response)
    const answer: unknown = content === '' ? undefined : JSON.parse(content)
    if ((response.statusCode ?? 500) >= 400) throw refusal(answer as Problem)
    return answer as Answer
  }

  /**
   * A file that the API makes while it is read.
   *
   * @throws LocalApiError
   */
  async download(path: string): Promise<Readable> {
    const response = await this.#ask({ socketPath: apiSocketIn(this.#stateDir), path, agent: false }, '')
    if ((response.statusCode ?? 500) < 400) return response
    throw refusal(JSON.parse(await text(response)) as Problem)
  }

  #ask(options: RequestOptions, body: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const asked = request(options, resolve)
      asked.on('error', (error) => reject(this.#explain(error)))
      asked.end(body)
    })
  }

  #explain(error: NodeJS.ErrnoException): LocalApiError {
    const folder = this.#stateDir
    if (error.code === 'EACCES' || error.code === 'EPERM') {
      return new LocalApiError('NOT_PERMITTED', `The Pavise of ${folder} belongs to another user.`, {
        cause: error,
        nextStep: 'Run this as the user who runs Pavise, mostly root: sudo pavise …',
      })
    }
    return new LocalApiError(
      'NOT_RUNNING',
      `No Pavise answers in ${folder} (${error.code ?? error.message}).`,
      {
        cause: error,
        nextStep: 'Start it with `sudo pavise up`, or name the folder of the one that runs with --state-dir.',
      },
    )
  }
}

function refusal({ status, detail, nextStep, errors = [] }: Problem): LocalApiError {
  const exitCode = status < 500 ? ExitCode.usage : ExitCode.unreachable
  // One is in the detail itself.
  const all =
    errors.length < 2 ? [] : errors.map((error) => `\n  ${printable(`${error.parameter}: ${error.detail}`)}`)
  return new LocalApiError('REFUSED', [printable(detail), ...all].join(''), {
    exitCode,
    ...(nextStep !== undefined && { nextStep }),
  })
}
