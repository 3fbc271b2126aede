import type { Static } from 'typebox'
import type { Accounts } from '../../accounts/accounts.ts'
import { permissionsOf } from '../../accounts/caller.ts'
import { accountLimits } from '../../accounts/limits.ts'
import type { Identified, NewSession } from '../../accounts/sign-in.ts'
import type { Authentication, Identity } from '../authentication.ts'
import type { LinkLogIn, PasswordChange, PasswordLogIn, sessionItem } from '../contract/account-schemas.ts'
import { operations } from '../contract/operations.ts'
import { serverLimits } from '../limits.ts'
import { HttpProblem, tooOften } from '../problem.ts'
import { RateLimit } from '../rate-limit.ts'
import type { Call, Route } from '../route.ts'

/** Log-in, log-out, and one's own password. */
export function sessionRoutes(accounts: Accounts, authentication: Authentication): Route[] {
  const { signIn } = accounts
  const logIns = new RateLimit(serverLimits.logIns)
  const begin = async (call: Call, session: Promise<NewSession>) => {
    const { account, secret, expiresAt } = await session
    const identified = await signIn.identify(secret, 'session')
    if (!identified) throw new HttpProblem(503, 'The session ended at once.', { nextStep: 'Log in again.' })
    call.audited.actor = identified.caller
    call.audited.target = account.name
    void call.reply.header('set-cookie', authentication.cookie({ secret, expiresAt }))
    return showSession({ caller: identified.caller, identified })
  }
  const limited = ({ reply }: Call) => {
    const seconds = logIns.take(reply.request.ip)
    if (seconds > 0) throw tooOften(seconds)
  }
  return [
    { operation: operations.session, answer: ({ identity }) => showSession(identity) },
    {
      operation: operations.logIn,
      answer: (call) => {
        limited(call)
        const { name, password } = call.body as PasswordLogIn
        call.audited.target = name
        return begin(call, signIn.byPassword(name, password))
      },
    },
    {
      operation: operations.logInByLink,
      answer: (call) => {
        limited(call)
        return begin(call, signIn.byLink((call.body as LinkLogIn).link))
      },
    },
    {
      operation: operations.logOut,
      answer: async ({ identity, reply }) => {
        await accounts.endSession(ownSession(identity))
        void reply.header('set-cookie', authentication.cookie())
        return {}
      },
    },
    {
      operation: operations.setPassword,
      answer: async (call) => {
        limited(call)
        const { password, old } = call.body as PasswordChange
        await accounts.setPassword(ownSession(call.identity), password, old)
        return {}
      },
    },
  ]
}

function showSession({ caller, identified }: Identity): Static<typeof sessionItem> {
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
function ownSession({ identified }: Identity): Identified {
  if (identified?.secret.kind === 'session') return identified
  throw new HttpProblem(403, 'This takes a log-in with an account, not a token or the command line.')
}
