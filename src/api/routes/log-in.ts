import type { Static } from 'typebox'
import { permissionsOf } from '../../accounts/caller.ts'
import { accountLimits } from '../../accounts/limits.ts'
import type { Identified, NewSession, SignIn } from '../../accounts/sign-in.ts'
import type { Authentication, Identity } from '../authentication.ts'
import type { sessionItem } from '../contract/account-schemas.ts'
import { serverLimits } from '../limits.ts'
import { HttpProblem, tooOften } from '../problem.ts'
import { RateLimit } from '../rate-limit.ts'
import type { Call } from '../route.ts'

/** What every way to log in has in common: how often it may be tried, and the session that comes of it. */
export class LogIn {
  readonly #signIn: SignIn
  readonly #authentication: Authentication
  readonly #tries = new RateLimit(serverLimits.logIns)

  constructor(signIn: SignIn, authentication: Authentication) {
    this.#signIn = signIn
    this.#authentication = authentication
  }

  /** @throws HttpProblem 429 */
  limit({ reply }: Call): void {
    const seconds = this.#tries.take(reply.request.ip)
    if (seconds > 0) throw tooOften(seconds)
  }

  /** Gives the browser its session, and says who it is now. @throws what `session` rejects with */
  async begin(call: Call, session: Promise<NewSession>): Promise<Static<typeof sessionItem>> {
    const { account, secret, expiresAt } = await session
    const identified = await this.#signIn.identify(secret, 'session')
    if (!identified) throw new HttpProblem(503, 'The session ended at once.', { nextStep: 'Log in again.' })
    Object.assign(call.audited, { actor: identified.caller, target: account.name })
    void call.reply.header('set-cookie', this.#authentication.cookie({ secret, expiresAt }))
    return showSession({ caller: identified.caller, identified })
  }
}

export function showSession({ caller, identified }: Identity): Static<typeof sessionItem> {
  return {
    type: 'session',
    kind: caller.kind,
    name: caller.name,
    permissions: permissionsOf(caller),
    grants: [...caller.grants],
    hasPassword: (identified?.account.password ?? null) !== null,
    expiresAt: identified && new Date(identified.secret.expiresAt).toISOString(),
    idleMs: accountLimits.sessionIdleMs,
  }
}

/** @throws HttpProblem 403 where it is no session of an account: a token does not end or change what made it */
export function ownSession({ identified }: Identity): Identified {
  if (identified?.secret.kind === 'session') return identified
  throw new HttpProblem(403, 'This takes a log-in with an account, not a token or the command line.')
}
