import { AccountError } from '../../accounts/account-error.ts'
import type { OidcSignIn } from '../../accounts/oidc.ts'
import type { SignIn } from '../../accounts/sign-in.ts'
import type { Authentication } from '../authentication.ts'
import { operations } from '../contract/operations.ts'
import { serverLimits } from '../limits.ts'
import { HttpProblem, tooOften } from '../problem.ts'
import { RateLimit } from '../rate-limit.ts'
import type { Call, Route } from '../route.ts'

export interface ProviderOptions {
  oidc: OidcSignIn | null
  signIn: SignIn
  authentication: Authentication
}

/** Log-in with an OpenID provider. */
export function providerRoutes({ oidc, signIn, authentication }: ProviderOptions): Route[] {
  const logIns = new RateLimit(serverLimits.logIns)
  const limited = ({ reply }: Call) => {
    const seconds = logIns.take(reply.request.ip)
    if (seconds > 0) throw tooOften(seconds)
  }
  return [
    {
      operation: operations.logInMethods,
      answer: () => ({ type: 'log-in-methods', provider: oidc?.name ?? null }),
    },
    {
      operation: operations.beginProviderLogIn,
      answer: async (call) => {
        limited(call)
        const { url, state } = await known(oidc).begin(callbackOf(call))
        void call.reply.header('set-cookie', authentication.providerCookie(state))
        return lead(call, url)
      },
    },
    {
      operation: operations.logInByProvider,
      answer: async (call) => {
        limited(call)
        try {
          await comeBack(call, { oidc, signIn, authentication })
          return lead(call, '/')
        } catch (error) {
          if (!(error instanceof AccountError)) throw error
          // A person stands before this, not a program: the console says it in words.
          Object.assign(call.audited, { outcome: 'failed', reason: error.message })
          return lead(call, '/login?failed=provider')
        }
      },
    },
  ]
}

/** @throws AccountError, HttpProblem 404 */
async function comeBack(call: Call, { oidc, signIn, authentication }: ProviderOptions): Promise<void> {
  const { reply, audited } = call
  const url = new URL(callbackOf(call))
  url.search = new URL(reply.request.url, url).search
  const session = await known(oidc).finish(url, authentication.providerState(reply.request) ?? '')
  const identified = await signIn.identify(session.secret, 'session')
  Object.assign(audited, { target: session.account.name, actor: identified?.caller })
  void reply.header('set-cookie', [authentication.cookie(session), authentication.providerCookie()])
}

/** @throws HttpProblem 404 */
function known(oidc: OidcSignIn | null): OidcSignIn {
  if (oidc) return oidc
  throw new HttpProblem(404, 'No OpenID provider is configured.', {
    nextStep: 'Start Pavise with --oidc-issuer.',
  })
}

/** Under the name by which the browser came, which the host check has looked at. */
function callbackOf({ reply }: Call): string {
  const { protocol, host } = reply.request
  return `${protocol}://${host}${operations.logInByProvider.path}`
}

function lead({ reply }: Call, location: string): Record<string, never> {
  void reply.code(302).header('location', location)
  return {}
}
