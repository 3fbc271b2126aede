import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Passkeys, Site } from '../../accounts/passkeys.ts'
import type { IdParameter } from '../contract/account-schemas.ts'
import { operations } from '../contract/operations.ts'
import { heldRoute } from '../listed-route.ts'
import { HttpProblem } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import { type LogIn, ownSession } from './log-in.ts'

/** Log-in with a passkey, and one's own passkeys. */
export function passkeyRoutes(passkeys: Passkeys, logIn: LogIn): Route[] {
  return [
    {
      operation: operations.beginPasskeyLogIn,
      answer: (call) => {
        logIn.limit(call)
        return passkeys.beginLogIn(siteOf(call))
      },
    },
    {
      operation: operations.logInByPasskey,
      answer: (call) => {
        logIn.limit(call)
        const { answer } = call.body as { answer: AuthenticationResponseJSON }
        return logIn.begin(call, passkeys.logIn(answer, siteOf(call)))
      },
    },
    heldRoute(operations.passkeys, async ({ identity }) =>
      (await passkeys.list(identity.caller.accountId)).map(({ id, name, createdAt, usedAt }) => ({
        type: 'passkey',
        id,
        name,
        createdAt: new Date(createdAt).toISOString(),
        usedAt: new Date(usedAt).toISOString(),
      })),
    ),
    {
      operation: operations.beginPasskey,
      answer: (call) => passkeys.beginAdding(ownSession(call.identity).account, siteOf(call)),
    },
    {
      operation: operations.addPasskey,
      answer: async (call) => {
        const { name, answer } = call.body as { name: string; answer: RegistrationResponseJSON }
        call.audited.target = name
        await passkeys.add(ownSession(call.identity).account, name, answer, siteOf(call))
        return {}
      },
    },
    {
      operation: operations.removePasskey,
      answer: async ({ params, identity }) => {
        if (await passkeys.remove(ownSession(identity).account.id, (params as IdParameter).id)) return {}
        throw new HttpProblem(404, 'There is no such passkey among yours.')
      },
    },
  ]
}

/** As the browser sees it, under a name that the host check has looked at. */
function siteOf({ reply: { request } }: Call): Site {
  const { protocol, host, hostname } = request
  return { origin: `${protocol}://${host}`, host: hostname }
}
