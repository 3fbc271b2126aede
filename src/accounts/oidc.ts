import { createHash } from 'node:crypto'
import type { Configuration, IDToken, UserInfoResponse } from 'openid-client'
import type { Grant, Role } from '../model/permissions.ts'
import type { AccountStore, StoredAccount } from '../store/account-store.ts'
import { AccountError } from './account-error.ts'
import { accountLimits } from './limits.ts'
import type { NewSession, SignIn } from './sign-in.ts'

export interface OidcOptions {
  /** URL of the provider, below which its discovery document is. */
  issuer: string
  clientId: string
  clientSecret: string
  /** Claim whose values say what a person may: `groups`. */
  roleClaim: string
  /** Roles by the values of that claim. */
  roles: ReadonlyMap<string, Role>
}

/** What is kept of a log-in from its beginning until the provider sends the browser back. */
interface Begun {
  verifier: string
  nonce: string
  at: number
}

type Claims = Partial<IDToken & UserInfoResponse>

/**
 * Log-in with OpenID Connect: authorization code flow with PKCE, state and nonce (RFC 9700). Who the provider knows and
 * gives a role has an account here, made at the first log-in; the roles are the provider's, taken over at each.
 */
export class OidcSignIn {
  readonly #options: OidcOptions
  readonly #store: AccountStore
  readonly #signIn: SignIn
  readonly #now: () => number
  #configuration: Promise<Configuration> | null = null
  /** By state; oldest first. */
  readonly #begun = new Map<string, Begun>()

  constructor(options: OidcOptions, store: AccountStore, signIn: SignIn, now: () => number = Date.now) {
    this.#options = options
    this.#store = store
    this.#signIn = signIn
    this.#now = now
  }

  /** Host of the provider, for the button. */
  get name(): string {
    return new URL(this.#options.issuer).host
  }

  /**
   * @param redirectUri to which the provider is to send the browser back
   * @returns where to send the browser, and the state by which it is known again
   * @throws AccountError `PROVIDER_UNUSABLE`
   */
  async begin(redirectUri: string): Promise<{ url: string; state: string }> {
    const client = await import('openid-client')
    const configuration = await this.#discovered()
    const [state, nonce, verifier] = [
      client.randomState(),
      client.randomNonce(),
      client.randomPKCECodeVerifier(),
    ]
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile email',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    this.#forgetOld()
    this.#begun.set(state, { verifier, nonce, at: this.#now() })
    return { url: url.href, state }
  }

  /**
   * @param url at which the provider sent the browser back, with its query
   * @param state that this very browser began with
   * @throws AccountError `LOGIN_FAILED`, `PROVIDER_UNUSABLE`
   */
  async finish(url: URL, state: string): Promise<NewSession> {
    this.#forgetOld()
    const begun = this.#begun.get(state)
    this.#begun.delete(state)
    if (!begun) throw failed('it was not begun in this browser, or too long ago')
    return this.#signIn.byProvider(await this.#accountOf(await this.#claims(url, state, begun)))
  }

  async #claims(url: URL, expectedState: string, { verifier, nonce }: Begun): Promise<Claims> {
    const client = await import('openid-client')
    const configuration = await this.#discovered()
    try {
      const checks = {
        expectedState,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      }
      const tokens = await client.authorizationCodeGrant(configuration, url, checks)
      const claims = tokens.claims()
      if (!claims) throw new Error('there is no ID token')
      // Providers may tell groups at the userinfo endpoint only (OpenID Connect Core 5.4).
      const more = configuration.serverMetadata().userinfo_endpoint
        ? await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {}
      return { ...more, ...claims }
    } catch (error) {
      throw failed((error as Error).message, error)
    }
  }

  async #accountOf(claims: Claims): Promise<StoredAccount> {
    const { issuer, roleClaim, roles } = this.#options
    const values: unknown[] = [claims[roleClaim]].flat()
    const granted = new Set(
      values.flatMap((value) => (typeof value === 'string' ? (roles.get(value) ?? []) : [])),
    )
    if (granted.size === 0) throw failed(`the provider gives no role by the claim ${roleClaim}`)
    const grants = Array.from(granted, (role): Grant => ({ role, namespace: null }))
    const id = createHash('sha256').update(`${issuer}\n${claims.sub}`).digest('hex').slice(0, 32)
    const known = await this.#store.byId(id)
    if (known) await this.#store.change(id, { grants })
    else await this.#make(id, nameOf(claims), grants)
    return (await this.#store.byId(id)) ?? fail('its account is gone')
  }

  /** Nobody takes over the name of another: who comes later has a part of their id behind it. */
  async #make(id: string, name: string, grants: Grant[]): Promise<void> {
    if ((await this.#store.list()).length >= accountLimits.accounts) fail('there are too many accounts')
    const account = { id, grants, createdAt: this.#now() }
    if (await this.#store.add({ ...account, name })) return
    await this.#store.add({ ...account, name: `${name}-${id.slice(0, 8)}` })
  }

  /** Asked for when it is needed, and again after it failed: the provider may come later than Pavise. */
  #discovered(): Promise<Configuration> {
    this.#configuration ??= this.#discover().catch((error: unknown) => {
      this.#configuration = null
      throw new AccountError(
        'PROVIDER_UNUSABLE',
        `${this.name} cannot be asked: ${(error as Error).message}.`,
        {
          cause: error,
          nextStep: 'Look whether it runs, and whether --oidc-issuer is its address.',
        },
      )
    })
    return this.#configuration
  }

  async #discover(): Promise<Configuration> {
    const { allowInsecureRequests, discovery } = await import('openid-client')
    const { issuer, clientId, clientSecret } = this.#options
    const url = new URL(issuer)
    // Without TLS only where nothing leaves this machine.
    const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)
    const execute = isLoopback && url.protocol === 'http:' ? [allowInsecureRequests] : []
    const timeout = accountLimits.providerMs / 1000
    return discovery(url, clientId, clientSecret, undefined, { execute, timeout })
  }

  #forgetOld(): void {
    for (const [state, { at }] of this.#begun) {
      const isRecent = this.#now() - at < accountLimits.providerLogInMs
      if (isRecent && this.#begun.size < accountLimits.providerLogIns) return
      this.#begun.delete(state)
    }
  }
}

/** As people know themselves; control characters are for nobody's eyes. */
function nameOf({ preferred_username: username, email, sub }: Claims): string {
  const name = [username, email, sub].find((each) => typeof each === 'string' && each !== '') as string
  return name.replace(/\p{C}/gu, '').slice(0, accountLimits.nameLength)
}

function failed(why: string, cause?: unknown): AccountError {
  return new AccountError('LOGIN_FAILED', `The log-in with the provider failed: ${why}.`, { cause })
}

function fail(why: string): never {
  throw failed(why)
}
