import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Caller, mayUse } from '../accounts/caller.ts'
import type { AuditEvent, AuditStore } from '../store/audit-store.ts'
import type { Identity } from './authentication.ts'
import type { Operation } from './contract/operation.ts'
import type { IdempotentAnswers } from './idempotency.ts'
import { serverLimits } from './limits.ts'
import { HttpProblem } from './problem.ts'

/** A request that is as its operation says: the server has checked each part by its schema, and who asks. */
export interface Call {
  params: unknown
  query: unknown
  body: unknown
  identity: Identity
  /** What the audit log is to say of a change. */
  audited: AuditNote
  reply: FastifyReply
}

export interface AuditNote {
  target?: string
  reason?: string
  /** Where it did not come to it, though the answer is a page for a person. */
  outcome?: 'failed'
  /** Never a secret. */
  detail?: Record<string, unknown>
  /** Where whoever asks is known by this very request only, as when they log in. */
  actor?: Caller
}

/** An operation and what answers it, in JSON. */
export interface Route {
  operation: Operation
  /** Of the body, where it may be larger than others. */
  bodyBytes?: number
  /** @throws HttpProblem, AccountError */
  answer: (call: Call) => unknown
}

export interface RouteHost {
  server: FastifyInstance
  audit: AuditStore
  /** Who asks; known by then. */
  identityOf: (request: FastifyRequest) => Identity
  now: () => number
  answers: IdempotentAnswers
}

/** Adds a route. Who may not use it gets no further; what changes something is in the audit log, however it ends. */
export function addRoute(host: RouteHost, { operation, bodyBytes, answer }: Route): void {
  const { method, path: url, query: querystring, params, body, changes = method !== 'GET' } = operation
  const schema = { querystring, ...(params && { params }), ...(body && { body }) }
  host.server.route({
    method,
    url,
    schema,
    ...(bodyBytes !== undefined && { bodyLimit: bodyBytes }),
    config: { operation },
    ...(changes && { preValidation: async (request) => checkKey(request) }),
    handler: async (request, reply) => {
      const call = callOf(host, request, reply)
      const change = () => audited(host, operation, call, answer)
      const content = await (changes ? once(host, request, call, change) : answer(call))
      if (!reply.hasHeader('content-type')) void reply.type(`${operation.contentType}; charset=utf-8`)
      return reply.send(content)
    },
  })
}

/** @throws HttpProblem 401 or 403 */
export function checkAccess({ caller }: Identity, { access }: Operation): void {
  if (mayUse(caller, access)) return
  if (caller.kind === 'nobody') {
    throw new HttpProblem(401, 'This is for those who are logged in.', {
      nextStep: 'Log in, or send an API token: Authorization: Bearer …',
    })
  }
  throw new HttpProblem(403, `${caller.name} may not do this: it takes the permission ${access}.`, {
    nextStep: 'Ask an administrator for a role that has it.',
  })
}

function callOf({ identityOf }: RouteHost, request: FastifyRequest, reply: FastifyReply): Call {
  const { params, query, body } = request
  return { params, query, body, identity: identityOf(request), audited: {}, reply }
}

/** Answers a request with an `Idempotency-Key` as it was answered before; of nobody there is no before. */
function once(
  { answers }: RouteHost,
  request: FastifyRequest,
  { identity }: Call,
  change: () => Promise<unknown>,
): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || identity.caller.kind === 'nobody') return change()
  const { method, url, body } = request
  const { kind, accountId } = identity.caller
  return answers.once([kind, accountId, key], [method, url, body], change)
}

/** @throws HttpProblem 400 */
function checkKey({ headers }: FastifyRequest): void {
  const key = headers['idempotency-key']
  const most = serverLimits.idempotencyKeyLength
  if (typeof key === 'string' && key.length > most)
    throw new HttpProblem(400, `An Idempotency-Key has ${most} characters at most.`)
}

async function audited(
  host: RouteHost,
  { id }: Operation,
  call: Call,
  answer: Route['answer'],
): Promise<unknown> {
  const write = (outcome: AuditEvent['outcome']) =>
    host.audit.append(auditEvent(host.now(), id, call, outcome))
  let content: unknown
  try {
    content = await answer(call)
  } catch (error) {
    await write('failed')
    throw error
  }
  await write('done')
  return content
}

function auditEvent(at: number, action: string, call: Call, outcome: AuditEvent['outcome']): AuditEvent {
  const { target, reason, detail, actor } = call.audited
  const { kind, accountId, name } = actor ?? call.identity.caller
  return {
    at,
    actor: { kind, id: accountId, name },
    action,
    target: target ?? Object.values(call.params as Record<string, string>).join('/'),
    outcome: call.audited.outcome ?? outcome,
    reason: reason ?? null,
    detail: detail ?? null,
  }
}

/** What is refused to somebody who is known is in the audit log as well, where it would have changed something. */
export async function auditRefusal(
  host: Pick<RouteHost, 'audit' | 'now'>,
  { id, method, changes = method !== 'GET' }: Operation,
  { caller }: Identity,
): Promise<void> {
  if (!changes || caller.kind === 'nobody') return
  const actor = { kind: caller.kind, id: caller.accountId, name: caller.name }
  const event = { at: host.now(), actor, action: id, target: '', outcome: 'refused' as const }
  await host.audit.append({ ...event, reason: null, detail: null })
}
