import type { ServerResponse } from 'node:http'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import type { Controller } from '../controller/controller.ts'
import { PaviseError } from '../lib/errors.ts'
import { toJsonText } from '../lib/json-text.ts'
import type { Log } from '../lib/log.ts'
import { openApiDocument } from './contract/openapi.ts'
import { operations, type Operation } from './contract/operations.ts'
import type {
  CoverageQuery,
  EventsQuery,
  FindingsQuery,
  FlowsQuery,
  WorkloadsQuery,
} from './contract/queries.ts'
import { EventStream } from './event-stream.ts'
import { isLoopbackHost } from './host-check.ts'
import { serverLimits } from './limits.ts'
import { HttpProblem, notFound, sendProblem, toProblem } from './problem.ts'
import { listCoverage, listFindings, listFlows, listWorkloads } from './routes/listings.ts'
import { readReadiness, readStatus } from './routes/status.ts'

export interface ApiOptions {
  controller: Controller
  version: string
  /** 0 for any that is free. */
  port: number
  log: Log
}

/** The API on the loopback address, for people and programs on this machine. */
export class ApiServer {
  readonly url: string
  readonly #server: FastifyInstance

  private constructor(server: FastifyInstance, url: string) {
    this.#server = server
    this.url = url
  }

  /** @throws ApiError where the port cannot be had. */
  static async start(options: ApiOptions): Promise<ApiServer> {
    const server = build(options)
    try {
      return new ApiServer(server, await server.listen({ host: '127.0.0.1', port: options.port }))
    } catch (error) {
      throw explainListenError(error as NodeJS.ErrnoException, options.port)
    }
  }

  /** Ends what is open, event streams included. */
  async close(): Promise<void> {
    await this.#server.close()
  }
}

class ApiError extends PaviseError<'PORT_TAKEN' | 'PORT_UNAVAILABLE'> {}

function explainListenError(error: NodeJS.ErrnoException, port: number): ApiError {
  const options = { cause: error, nextStep: 'Choose another with --port, or --port 0 for any that is free.' }
  return error.code === 'EADDRINUSE'
    ? new ApiError('PORT_TAKEN', `Port ${port} on 127.0.0.1 is in use.`, options)
    : new ApiError('PORT_UNAVAILABLE', `Port ${port} on 127.0.0.1: ${error.message}`, options)
}

function build(options: ApiOptions): FastifyInstance {
  const server = fastify({
    bodyLimit: serverLimits.bodyBytes,
    requestTimeout: serverLimits.requestMs,
    forceCloseConnections: true,
    frameworkErrors: (error, _request, reply) => {
      void sendProblem(reply, toProblem(error, options.log))
    },
    // A parameter that is not known is refused, not taken out.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
  })
  server.server.maxConnections = serverLimits.connections
  server.setReplySerializer((payload) => toJsonText(payload))
  server.addHook('onRequest', protect)
  server.setErrorHandler((error: FastifyError, _request, reply) =>
    sendProblem(reply, toProblem(error, options.log)),
  )
  server.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(request)))
  addRoutes(server, options)
  return server
}

/** Headers for every answer; nothing here is to be framed, sniffed, cached, or read by another origin. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

async function protect(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.headers(headers)
  if (!isLoopbackHost(request.headers.host)) {
    throw new HttpProblem(421, 'This is asked for under a name that is not this machine’s.', {
      nextStep: 'Use http://127.0.0.1 or http://localhost with the port.',
    })
  }
}

function addRoutes(server: FastifyInstance, { controller, version }: ApiOptions): void {
  const { store } = controller
  const description = openApiDocument(version)
  const get = (operation: Operation, answer: (query: unknown) => unknown) =>
    server.get(operation.path, { schema: { querystring: operation.query } }, async (request, reply) =>
      reply.type('application/json; charset=utf-8').send(await answer(request.query)),
    )
  get(operations.flows, (query) => listFlows(store, query as FlowsQuery))
  get(operations.findings, (query) => listFindings(store, query as FindingsQuery))
  get(operations.coverage, (query) => listCoverage(store, query as CoverageQuery))
  get(operations.workloads, (query) => listWorkloads(store, query as WorkloadsQuery))
  get(operations.status, () => readStatus(controller, version))
  get(operations.openapi, () => description)
  get(operations.healthz, () => ({ status: 'alive' }))
  get(operations.readyz, () => readReadiness(controller))
  addEventStream(server, controller)
}

function addEventStream(server: FastifyInstance, controller: Controller): void {
  const open = new Set<ServerResponse>()
  server.addHook('preClose', async () => {
    for (const response of open) response.end()
  })
  const { path, query: querystring } = operations.events
  server.get(path, { schema: { querystring }, exposeHeadRoute: false }, (request, reply) => {
    streamEvents(controller, request, reply)
    open.add(reply.raw)
    reply.raw.on('close', () => open.delete(reply.raw))
  })
}

/** @throws HttpProblem 503 where there are too many readers. */
function streamEvents(controller: Controller, request: FastifyRequest, reply: FastifyReply): void {
  const { types } = request.query as EventsQuery
  const lastEventId = request.headers['last-event-id']
  if (controller.events.full) {
    throw new HttpProblem(503, 'Too many read the event stream.', { nextStep: 'Close one of them.' })
  }
  reply.hijack()
  reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' })
  void new EventStream({
    events: controller.events,
    response: reply.raw,
    types: types === undefined ? null : new Set(types.split(',')),
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
  })
}
