import type { FastifyRequest } from 'fastify'
import { type Caller, localCaller, nobody } from '../accounts/caller.ts'
import { accountLimits } from '../accounts/limits.ts'
import type { Identified, NewSession, SignIn } from '../accounts/sign-in.ts'
import { sessionCookies } from './contract/session-cookie.ts'
import { HttpProblem } from './problem.ts'

/** Who asks, and by what they showed it. */
export interface Identity {
  caller: Caller
  /** Their account and session or token; null for the command line and for nobody. */
  identified: Identified | null
}

export interface AuthenticationOptions {
  signIn: SignIn
  isLocal: (request: FastifyRequest) => boolean
  /** Whether browsers come over TLS. */
  tls: boolean
}

const methodsThatChange = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Tells from a request who asks: the socket it came by, a token, or the cookie of a session. */
export class Authentication {
  readonly #signIn: SignIn
  readonly #isLocal: (request: FastifyRequest) => boolean
  readonly #cookie: string
  readonly #secure: string

  constructor({ signIn, isLocal, tls }: AuthenticationOptions) {
    this.#signIn = signIn
    this.#isLocal = isLocal
    this.#cookie = tls ? sessionCookies.tls : sessionCookies.plain
    this.#secure = tls ? '; Secure' : ''
  }

  /** @throws HttpProblem 401 for a token or session that is none, 403 for a request that another site made */
  async identify(request: FastifyRequest): Promise<Identity> {
    if (this.#isLocal(request)) return { caller: localCaller, identified: null }
    const { authorization, cookie } = request.headers
    if (authorization !== undefined) return this.#byToken(authorization)
    const session = readCookie(cookie, this.#cookie)
    if (methodsThatChange.has(request.method)) checkOrigin(request, session !== null)
    if (session === null) return { caller: nobody, identified: null }
    const identified = await this.#signIn.identify(session, 'session')
    return identified ? { caller: identified.caller, identified } : { caller: nobody, identified: null }
  }

  /** The header that gives a browser a session; without one, takes it away. */
  cookie(session?: Pick<NewSession, 'secret' | 'expiresAt'>): string {
    const expires = new Date(session?.expiresAt ?? 0).toUTCString()
    return `${this.#cookie}=${session?.secret ?? ''}; Path=/; HttpOnly; SameSite=Strict; Expires=${expires}${this.#secure}`
  }

  /**
   * The header that lets a browser be known again when a provider sends it back: SameSite=Lax, because that comes from
   * another site. Without a state, takes it away.
   */
  providerCookie(state?: string): string {
    const age = state === undefined ? 0 : accountLimits.providerLogInMs / 1000
    return `${this.#cookie}-provider=${state ?? ''}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}${this.#secure}`
  }

  /** The state that `providerCookie` gave this browser. */
  providerState({ headers }: FastifyRequest): string | null {
    return readCookie(headers.cookie, `${this.#cookie}-provider`)
  }

  async #byToken(authorization: string): Promise<Identity> {
    const [, token] = /^Bearer ([\w-]{1,200})$/i.exec(authorization) ?? []
    const identified = token === undefined ? null : await this.#signIn.identify(token, 'token')
    if (identified) return { caller: identified.caller, identified }
    throw new HttpProblem(401, 'This token is none, has expired or was ended.', {
      nextStep: 'Make one in the settings, or with POST /api/v1/tokens.',
    })
  }
}

/**
 * Cross-site request forgery: a browser says itself from where a request comes, in a header that pages cannot set (Fetch
 * Metadata), or at least in Origin. One that shows a cookie and says neither is no browser of today, and is refused.
 * The cookie is SameSite=Strict besides.
 *
 * @throws HttpProblem 403
 */
function checkOrigin(request: FastifyRequest, showsCookie: boolean): void {
  const { 'sec-fetch-site': site, origin, host } = request.headers
  if (site !== undefined ? site === 'same-origin' : isOwn(origin, host, !showsCookie)) return
  throw new HttpProblem(403, 'Another site asked for this in your name.', {
    nextStep: 'From a program, use an API token in place of the cookie.',
  })
}

function isOwn(origin: string | undefined, host: string | undefined, whenUnknown: boolean): boolean {
  if (origin === undefined) return whenUnknown
  return URL.canParse(origin) && new URL(origin).host === host
}

function readCookie(cookies: string | undefined, wanted: string): string | null {
  for (const cookie of cookies?.split(';') ?? []) {
    const [name, value] = cookie.trim().split('=', 2)
    if (name === wanted && value) return value
  }
  return null
}
