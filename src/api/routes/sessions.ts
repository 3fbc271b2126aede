import type { Accounts } from '../../accounts/accounts.ts'
import type { Authentication } from '../authentication.ts'
import type { LinkLogIn, PasswordChange, PasswordLogIn } from '../contract/account-schemas.ts'
import { operations } from '../contract/operations.ts'
import type { Route } from '../route.ts'
import { type LogIn, ownSession, showSession } from './log-in.ts'

/** Log-in by password and link, log-out, and one's own password. */
export function sessionRoutes(accounts: Accounts, authentication: Authentication, logIn: LogIn): Route[] {
  const { signIn } = accounts
  return [
    { operation: operations.session, answer: ({ identity }) => showSession(identity) },
    {
      operation: operations.logIn,
      answer: async (call) => {
        logIn.limit(call)
        const { name, password } = call.body as PasswordLogIn
        // Somebody may have typed a password there: only what is the name of an account is written down.
        call.audited.target = (await accounts.nameOf(name)) ?? 'unknown name'
        return logIn.begin(call, signIn.byPassword(name, password))
      },
    },
    {
      operation: operations.logInByLink,
      answer: (call) => {
        logIn.limit(call)
        return logIn.begin(call, signIn.byLink((call.body as LinkLogIn).link))
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
        logIn.limit(call)
        const { password, old } = call.body as PasswordChange
        await accounts.setPassword(ownSession(call.identity), password, old)
        return {}
      },
    },
  ]
}
