import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { PaviseError } from '../lib/errors.ts'
import type { Log } from '../lib/log.ts'
import { operations, type Operation } from './contract/operations.ts'
import type { problem } from './contract/records.ts'

export type Problem = Static<typeof problem>

/** An answer that is no success: RFC 9457. `detail` is for whoever asked and holds nothing of the machine's inside. */
export class HttpProblem extends Error {
  readonly problem: Problem

  constructor(status: number, detail: string, more: Pick<Problem, 'nextStep' | 'errors'> = {}) {
    super(detail)
    this.problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, detail, ...more }
  }
}

/** A parameter that was not understood. */
export function badParameter(parameter: string, detail: string): HttpProblem {
  return new HttpProblem(400, `The parameter ${parameter} ${detail}.`, { errors: [{ parameter, detail }] })
}

export function notFound({ method, url }: FastifyRequest): HttpProblem {
  const known = Object.values<Operation>(operations).some(({ path }) => path === url.split('?', 1)[0])
  return known && method !== 'GET'
    ? new HttpProblem(405, 'This can only be read: use GET.')
    : new HttpProblem(404, 'There is nothing here.', { nextStep: `See ${operations.openapi.path}.` })
}

/** What may be told of an error; the rest goes to the log. */
export function toProblem(error: FastifyError | HttpProblem, log: Log): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (error.validation) return invalidQuery(error.validation)
  if (error instanceof PaviseError) {
    log('error', `API: ${error.message}`)
    return new HttpProblem(503, 'The store cannot answer now.', {
      nextStep: 'Try again; see the log of Pavise.',
    })
  }
  const status = error.statusCode ?? 500
  if (status >= 400 && status < 500) return new HttpProblem(status, error.message)
  log('error', `API: ${error.message}`)
  return new HttpProblem(500, 'Pavise failed to answer this.', { nextStep: 'See the log of Pavise.' })
}

function invalidQuery(failures: NonNullable<FastifyError['validation']>): HttpProblem {
  const errors = failures.map(({ instancePath, message, params }) => {
    const unknown = (params as { additionalProperty?: string }).additionalProperty
    if (unknown !== undefined) return { parameter: unknown, detail: 'is not known here' }
    return { parameter: instancePath.slice(1), detail: message ?? 'is not valid' }
  })
  const detail = errors.map((error) => `The parameter ${error.parameter} ${error.detail}.`).join(' ')
  return new HttpProblem(400, detail, { errors, nextStep: `See ${operations.openapi.path}.` })
}

export function sendProblem(reply: FastifyReply, { problem }: HttpProblem): FastifyReply {
  if (problem.status === 405) reply.header('allow', 'GET, HEAD')
  return reply.code(problem.status).type('application/problem+json; charset=utf-8').send(problem)
}
