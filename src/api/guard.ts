import type { FastifyRequest } from 'fastify'
import type { Authentication, Identity } from './authentication.ts'
import { isLoopbackHost } from './host-check.ts'
import { serverLimits } from './limits.ts'
import { HttpProblem, tooOften } from './problem.ts'
import { RateLimit } from './rate-limit.ts'
import { auditRefusal, checkAccess, type RouteHost } from './route.ts'

interface Guards {
  authentication: Authentication
  identities: WeakMap<FastifyRequest, Identity>
  isLocal: (request: FastifyRequest) => boolean
}

/** What every request goes through before it is read any further: where it comes from, how often, and who asks. */
export function guard(host: RouteHost, { authentication, identities, isLocal }: Guards): void {
  const requests = new RateLimit(serverLimits.requests)
  host.server.addHook('onRequest', async (request, reply) => {
    void reply.headers(headers)
    if (!isLocal(request)) {
      checkHost(request)
      const seconds = requests.take(request.ip)
      if (seconds > 0) throw tooOften(seconds)
    }
    const identity = await authentication.identify(request)
    identities.set(request, identity)
    const { operation } = request.routeOptions.config
    if (!operation) return
    try {
      checkAccess(identity, operation)
    } catch (error) {
      await auditRefusal(host, operation, identity)
      throw error
    }
  })
}

/** Whether who asked may still ask: a stream stays open longer than a login. */
export async function isStillIn(authentication: Authentication, request: FastifyRequest): Promise<boolean> {
  try {
    const { operation } = request.routeOptions.config
    if (operation) checkAccess(await authentication.identify(request), operation)
    return true
  } catch {
    return false
  }
}

/** Headers for every answer; nothing here is to be framed, sniffed, cached, or read by another origin. */
export const headers = {
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
    nextStep: 'Use 127.0.0.1 or localhost with the port.',
  })
}
