import { AccountError } from '../../accounts/account-error.ts'
import type { OidcSignIn } from '../../accounts/oidc.ts'
import type { Authentication } from '../authentication.ts'
import { operations } from '../contract/operations.ts'
import { HttpProblem } from '../problem.ts'
import type { Call, Route } from '../route.ts'
import type { LogIn } from './log-in.ts'

export interface ProviderOptions {
  oidc: OidcSignIn | null
  authentication: Authentication
  logIn: LogIn
}

/** Log-in with an OpenID provider. */
export function providerRoutes(options: ProviderOptions): Route[] {
  const { oidc, authentication, logIn } = options
  return [
    {
      operation: operations.logInMethods,
      answer: () => ({ type: 'log-in-methods', provider: oidc?.name ?? null }),
    },
    {
      operation: operations.beginProviderLogIn,
      answer: async (call) => {
        logIn.limit(call)
        const { url, state } = await known(oidc).begin(callbackOf(call))
        void call.reply.header('set-cookie', authentication.providerCookie(state))
        return lead(call, url)
      },
    },
    {
      operation: operations.logInByProvider,
      answer: async (call) => {
        logIn.limit(call)
        try {
          await comeBack(call, options)
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
async function comeBack(call: Call, { oidc, authentication, logIn }: ProviderOptions): Promise<void> {
  const { request } = call.reply
  const url = new URL(callbackOf(call))
  url.search = new URL(request.url, url).search
  // Fastify sends each set-cookie that is added: this one besides that of the session.
  void call.reply.header('set-cookie', authentication.providerCookie())
  await logIn.begin(call, known(oidc).finish(url, authentication.providerState(request) ?? ''))
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
