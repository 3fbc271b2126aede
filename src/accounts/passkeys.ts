import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import type { AccountStore, StoredAccount, StoredPasskey } from '../store/account-store.ts'
import { AccountError } from './account-error.ts'
import { accountLimits } from './limits.ts'
import { loginFailed, type NewSession, type SignIn } from './sign-in.ts'

/** Where the console is: a passkey is for one name of a site, and signs for one origin of it. */
export interface Site {
  /** As `https://localhost:7440`. */
  origin: string
  /** As `localhost`. */
  host: string
}

/** What was sent to be signed, and who asked: null for somebody who is to log in. */
interface Challenge {
  account: string | null
  at: number
}

/**
 * Passkeys (Web Authentication level 3): discoverable, with the user verified by the device, so that one is all that it
 * takes to log in. No attestation is asked for: which device somebody has is nobody's business here.
 */
export class Passkeys {
  readonly #store: AccountStore
  readonly #signIn: SignIn
  readonly #now: () => number
  /** Each is good once. Oldest first. */
  readonly #challenges = new Map<string, Challenge>()

  constructor(store: AccountStore, signIn: SignIn, now: () => number = Date.now) {
    this.#store = store
    this.#signIn = signIn
    this.#now = now
  }

  list(account: string): Promise<StoredPasskey[]> {
    return this.#store.passkeys(account)
  }

  /** False where that account has no such passkey. */
  remove(account: string, id: string): Promise<boolean> {
    return this.#store.removePasskey(account, id)
  }

  /** @returns what the browser is to give to the device. @throws AccountError */
  async beginAdding(account: StoredAccount, site: Site): Promise<PublicKeyCredentialCreationOptionsJSON> {
    checkSite(site)
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const known = await this.#store.passkeys(account.id)
    if (known.length >= accountLimits.passkeys) {
      throw new AccountError('TOO_MANY', 'There are too many passkeys.', { nextStep: 'Remove some first.' })
    }
    const options = await generateRegistrationOptions({
      rpName: 'Pavise',
      rpID: site.host,
      userName: account.name,
      userID: new TextEncoder().encode(account.id),
      excludeCredentials: known.map(({ id }) => ({ id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    this.#remember(options.challenge, account.id)
    return options
  }

  /** @throws AccountError */
  async add(
    account: StoredAccount,
    name: string,
    answer: RegistrationResponseJSON,
    site: Site,
  ): Promise<void> {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
    const { registrationInfo } = await refused(() =>
      verifyRegistrationResponse({
        response: answer,
        expectedChallenge: (challenge) => this.#takes(challenge, account.id),
        expectedOrigin: site.origin,
        expectedRPID: site.host,
        requireUserVerification: true,
      }),
    )
    if (!registrationInfo) throw loginFailed()
    const { id, publicKey, counter } = registrationInfo.credential
    const at = this.#now()
    const passkey = { publicKey: Buffer.from(publicKey).toString('base64url'), createdAt: at, usedAt: at }
    const isNew = await this.#store.addPasskey({ id, account: account.id, name, counter, ...passkey })
    if (!isNew) throw new AccountError('NAME_TAKEN', 'This passkey is there already.')
  }

  /** @returns what the browser is to give to the device. @throws AccountError */
  async beginLogIn(site: Site): Promise<PublicKeyCredentialRequestOptionsJSON> {
    checkSite(site)
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const options = await generateAuthenticationOptions({ rpID: site.host, userVerification: 'required' })
    this.#remember(options.challenge, null)
    return options
  }

  /** @throws AccountError `LOGIN_FAILED` */
  async logIn(answer: AuthenticationResponseJSON, site: Site): Promise<NewSession> {
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
    const known = await this.#store.passkey(answer.id)
    const account = known && (await this.#store.byId(known.account))
    if (!known || !account) throw loginFailed()
    const publicKey = new Uint8Array(Buffer.from(known.publicKey, 'base64url'))
    const { verified, authenticationInfo } = await refused(() =>
      verifyAuthenticationResponse({
        response: answer,
        expectedChallenge: (challenge) => this.#takes(challenge, null),
        expectedOrigin: site.origin,
        expectedRPID: site.host,
        credential: { id: known.id, publicKey, counter: known.counter },
        requireUserVerification: true,
      }),
    )
    if (!verified) throw loginFailed()
    await this.#store.usePasskey(known.id, authenticationInfo.newCounter, this.#now())
    return this.#signIn.byPasskey(account)
  }

  #remember(challenge: string, account: string | null): void {
    for (const [oldest, { at }] of this.#challenges) {
      const isRecent = this.#now() - at < accountLimits.challengeMs
      if (isRecent && this.#challenges.size < accountLimits.challenges) break
      this.#challenges.delete(oldest)
    }
    this.#challenges.set(challenge, { account, at: this.#now() })
  }

  /** Whether a challenge was given out, for this, and not used yet; it is used now. */
  #takes(challenge: string, account: string | null): boolean {
    const known = this.#challenges.get(challenge)
    this.#challenges.delete(challenge)
    return known?.account === account && this.#now() - known.at < accountLimits.challengeMs
  }
}

/** Web Authentication section 5.1.3: a passkey is for a domain, and an address is none. @throws AccountError */
function checkSite({ origin, host }: Site): void {
  if (/[a-z]/i.test(host) && !host.includes(':')) return
  const other = new URL(origin)
  other.hostname = 'localhost'
  throw new AccountError(
    'PASSKEY_NEEDS_NAME',
    'A passkey is for a name, and this was opened by an address.',
    {
      nextStep: `Open ${other.origin} in its place.`,
    },
  )
}

/** What is wrong with an answer is told to nobody who might be guessing. */
async function refused<Result>(verify: () => Promise<Result>): Promise<Result> {
  try {
    return await verify()
  } catch (error) {
    throw loginFailed(error)
  }
}
