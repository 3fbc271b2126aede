import type { ServerResponse } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Controller } from '../../controller/controller.ts'
import type { LoggedEvent } from '../../controller/event-log.ts'
import type { NamespaceScope } from '../../store/store.ts'
import type { Operation } from '../contract/operation.ts'
import { operations } from '../contract/operations.ts'
import type { EventsQuery } from '../contract/queries.ts'
import { EventStream } from '../event-stream.ts'
import { serverLimits } from '../limits.ts'
import { HttpProblem } from '../problem.ts'
import type { RouteHost } from '../route.ts'
import { scopeOf } from './listings.ts'

export interface EventsOptions {
  controller: Controller
  /** For the answer. */
  headers: Record<string, string>
  /** Whether who opened a stream may still read it. */
  isStillIn: (request: FastifyRequest) => Promise<boolean>
}

export function addEventStream({ server, identityOf }: RouteHost, options: EventsOptions): void {
  const open = new Set<ServerResponse>()
  server.addHook('preClose', async () => {
    for (const response of open) response.end()
  })
  const operation: Operation = operations.events
  server.get(
    operation.path,
    { schema: { querystring: operation.query }, exposeHeadRoute: false, config: { operation } },
    (request, reply) => {
      streamEvents(options, { request, reply, scope: scopeOf(identityOf(request).caller) })
      open.add(reply.raw)
      endWithLogin(options, request, reply.raw)
      reply.raw.on('close', () => open.delete(reply.raw))
    },
  )
}

interface Asked {
  request: FastifyRequest
  reply: FastifyReply
  scope: NamespaceScope
}

/** @throws HttpProblem 503 where there are too many readers. */
function streamEvents({ controller, headers }: EventsOptions, { request, reply, scope }: Asked): void {
  const { types } = request.query as EventsQuery
  const lastEventId = request.headers['last-event-id']
  if (controller.events.full) {
    throw new HttpProblem(503, 'Too many read the event stream.', { nextStep: 'Close one of them.' })
  }
  reply.hijack()
  reply.raw.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' })
  const wanted = types === undefined ? null : new Set(types.split(','))
  void new EventStream({
    events: controller.events,
    response: reply.raw,
    shows: (event) => (wanted?.has(event.type) ?? true) && isWithin(scope, event),
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
  })
}

/** What is about no workload is in no namespace; how enforcers are is told to all who may read. */
function isWithin({ namespaces }: NamespaceScope, { type, namespace }: LoggedEvent): boolean {
  return (
    namespaces === undefined || type === 'status' || (namespace !== null && namespaces.includes(namespace))
  )
}

/** A stream stays open for hours: who is logged out meanwhile, or loses the role, is not to read on. */
function endWithLogin({ isStillIn }: EventsOptions, request: FastifyRequest, response: ServerResponse): void {
  const timer = setInterval(() => {
    void isStillIn(request).then((isIn) => isIn || response.end())
  }, serverLimits.streamCheckMs)
  response.on('close', () => clearInterval(timer))
}
