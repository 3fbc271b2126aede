import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Operation } from './contract/operations.ts'

/** A request that is as its operation says: the server has checked each part by its schema. */
export interface Call {
  params: unknown
  query: unknown
  body: unknown
}

/** An operation and what answers it, in JSON. */
export interface Route {
  operation: Operation
  /** @throws HttpProblem */
  answer: (call: Call) => unknown
}

export function addRoute(server: FastifyInstance, { operation, answer }: Route): void {
  const { method, path: url, query: querystring, params, body } = operation
  const schema = { querystring, ...(params && { params }), ...(body && { body }) }
  server.route({
    method,
    url,
    schema,
    handler: async (request, reply) =>
      reply.type('application/json; charset=utf-8').send(await answer(callOf(request))),
  })
}

function callOf({ params, query, body }: FastifyRequest): Call {
  return { params, query, body }
}
