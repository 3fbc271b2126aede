import type { ServerResponse } from 'node:http'
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
} from 'fastify'
import type { Controller } from '../controller/controller.ts'
import { PaviseError } from '../lib/errors.ts'
import { toJsonText } from '../lib/json-text.ts'
import type { Log } from '../lib/log.ts'
import { openApiDocument } from './contract/openapi.ts'
import { operations } from './contract/operations.ts'
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
import { LocalListener } from './local-listener.ts'
import { HttpProblem, notFound, sendProblem, toProblem } from './problem.ts'
import { addRoute, type Route } from './route.ts'
import { listCoverage, listFindings, listFlows, listWorkloads } from './routes/listings.ts'
import { readReadiness, readStatus } from './routes/status.ts'

export interface ApiOptions {
  controller: Controller
  version: string
  /** 0 for any that is free. */
  port: number
  /** Where it listens besides, for the command line. */
  socketPath: string
  log: Log
}

/** The API on the loopback address, and on a socket in the state folder. */
export class ApiServer {
  readonly url: string
  readonly #server: FastifyInstance

  private constructor(server: FastifyInstance, url: string) {
    this.#server = server
    this.url = url
  }

  /** @throws ApiError where the port cannot be had, SocketError where the socket cannot */
  static async start(options: ApiOptions): Promise<ApiServer> {
    const server = fastify({ ...serverOptions, frameworkErrors: frameworkErrors(options.log) })
    const local = new LocalListener(server, options.socketPath)
    build(server, local, options)
    try {
      const url = await listen(server, options.port)
      await local.listen()
      return new ApiServer(server, url)
    } catch (error) {
      await server.close()
      throw error
    }
  }

  /** Ends what is open, event streams included. */
  async close(): Promise<void> {
    await this.#server.close()
  }
}

async function listen(server: FastifyInstance, port: number): Promise<string> {
  try {
    return await server.listen({ host: '127.0.0.1', port })
  } catch (error) {
    throw explainListenError(error as NodeJS.ErrnoException, port)
  }
}

class ApiError extends PaviseError<'PORT_TAKEN' | 'PORT_UNAVAILABLE'> {}

function explainListenError(error: NodeJS.ErrnoException, port: number): ApiError {
  const options = { cause: error, nextStep: 'Choose another with --port, or --port 0 for any that is free.' }
  return error.code === 'EADDRINUSE'
    ? new ApiError('PORT_TAKEN', `Port ${port} on 127.0.0.1 is in use.`, options)
    : new ApiError('PORT_UNAVAILABLE', `Port ${port} on 127.0.0.1: ${error.message}`, options)
}

const serverOptions = {
  bodyLimit: serverLimits.bodyBytes,
  requestTimeout: serverLimits.requestMs,
  forceCloseConnections: true,
  // A parameter that is not known is refused, not taken out.
  ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
} satisfies FastifyServerOptions

function frameworkErrors(log: Log) {
  return (error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => {
    void sendProblem(reply, toProblem(error, log))
  }
}

function build(server: FastifyInstance, local: LocalListener, options: ApiOptions): void {
  const { log, controller } = options
  server.server.maxConnections = serverLimits.connections
  server.setReplySerializer((payload) => toJsonText(payload))
  server.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers)
    if (!local.owns(request.raw.socket)) checkHost(request)
  })
  server.addHook('preClose', () => local.close())
  server.setErrorHandler((error: FastifyError, _request, reply) => sendProblem(reply, toProblem(error, log)))
  server.setNotFoundHandler((request, reply) => sendProblem(reply, notFound(request)))
  for (const route of routes(options)) addRoute(server, route)
  addEventStream(server, controller)
}

/** Headers for every answer; nothing here is to be framed, sniffed, cached, or read by another origin. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/** @throws HttpProblem 421 */
function checkHost({ headers }: FastifyRequest): void {
  if (isLoopbackHost(headers.host)) return
  throw new HttpProblem(421, 'This is asked for under a name that is not this machine’s.', {
    nextStep: 'Use http://127.0.0.1 or http://localhost with the port.',
  })
}

function routes({ controller, version }: ApiOptions): Route[] {
  const { store } = controller
  const description = openApiDocument(version)
  return [
    { operation: operations.flows, answer: ({ query }) => listFlows(store, query as FlowsQuery) },
    { operation: operations.findings, answer: ({ query }) => listFindings(store, query as FindingsQuery) },
    { operation: operations.coverage, answer: ({ query }) => listCoverage(store, query as CoverageQuery) },
    { operation: operations.workloads, answer: ({ query }) => listWorkloads(store, query as WorkloadsQuery) },
    { operation: operations.status, answer: () => readStatus(controller, version) },
    { operation: operations.openapi, answer: () => description },
    { operation: operations.healthz, answer: () => ({ status: 'alive' }) },
    { operation: operations.readyz, answer: () => readReadiness(controller) },
  ]
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
