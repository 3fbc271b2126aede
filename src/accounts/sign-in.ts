import { randomUUID } from 'node:crypto'
import type { AccountStore, SecretKind, StoredAccount, StoredSecret } from '../store/account-store.ts'
import { AccountError } from './account-error.ts'
import type { Caller } from './caller.ts'
import { accountLimits } from './limits.ts'
import { verifyPassword } from './password.ts'
import { hashSecret, makeSecret } from './secret.ts'

/** What a browser keeps of a log-in. */
export interface NewSession {
  account: StoredAccount
  /** For the cookie; stored nowhere. */
  secret: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** How a session came about: one from a link may set a password without the old one. */
export type SessionOrigin = 'password' | 'link' | 'provider' | 'passkey'

/** Who is who: passwords, links and secrets to accounts. */
export class SignIn {
  readonly #store: AccountStore
  readonly #now: () => number

  constructor(store: AccountStore, now: () => number = Date.now) {
    this.#store = store
    this.#now = now
  }

  /** @throws AccountError `LOGIN_FAILED`, of a locked account as well, and `LOGIN_BUSY` */
  async byPassword(name: string, password: string): Promise<NewSession> {
    const account = await this.#store.byName(name)
    // Asked of a locked account too, and of one that is not there: the time it takes tells neither.
    const isRight = await verifyPassword(password, account?.password ?? null)
    if (!account || account.lockedUntil > this.#now()) throw loginFailed()
    if (!isRight) {
      await this.#countFailure(account)
      throw loginFailed()
    }
    return this.#begin(account, 'password')
  }

  /** A link logs in once. @throws AccountError `LOGIN_FAILED` */
  async byLink(secret: string): Promise<NewSession> {
    const link = await this.#valid(secret, 'link')
    const account = link && (await this.#store.byId(link.account))
    if (!link || !account || !(await this.#store.removeSecret(link.id))) throw loginFailed()
    return this.#begin(account, 'link')
  }

  /** Whoever an OpenID provider says it is. @throws AccountError `LOGIN_FAILED` where the account is disabled */
  byProvider(account: StoredAccount): Promise<NewSession> {
    return this.#begin(account, 'provider')
  }

  /** Whose passkey has signed. @throws AccountError `LOGIN_FAILED` where the account is disabled */
  byPasskey(account: StoredAccount): Promise<NewSession> {
    return this.#begin(account, 'passkey')
  }

  /** Begins a session for an account that has shown by other means who it is. */
  async #begin(account: StoredAccount, origin: SessionOrigin): Promise<NewSession> {
    if (account.disabled) throw loginFailed()
    await this.#store.change(account.id, { failures: 0, lockedUntil: 0 })
    const expiresAt = this.#now() + accountLimits.sessionMs
    const secret = await this.issue({ kind: 'session', account: account.id, name: origin, expiresAt })
    await this.#endOldest(account.id)
    return { account, secret, expiresAt }
  }

  /** Makes a secret; it is shown this once. */
  async issue(
    wanted: Pick<StoredSecret, 'kind' | 'account' | 'name' | 'expiresAt'> &
      Partial<Pick<StoredSecret, 'scope'>>,
  ): Promise<string> {
    const secret = makeSecret(wanted.kind)
    const now = this.#now()
    await this.#store.addSecret({
      scope: null,
      ...wanted,
      id: randomUUID(),
      hash: hashSecret(secret),
      createdAt: now,
      usedAt: now,
    })
    return secret
  }

  /** Who shows this session or token; null for nobody. */
  async identify(secret: string, kind: 'session' | 'token'): Promise<Identified | null> {
    const found = await this.#valid(secret, kind)
    const account = found && (await this.#store.byId(found.account))
    if (!found || !account || account.disabled) return null
    const now = this.#now()
    if (now - found.usedAt >= accountLimits.touchMs) await this.#store.touchSecret(found.id, now)
    return { secret: found, account, caller: callerOf(account, found) }
  }

  async #valid(secret: string, kind: SecretKind): Promise<StoredSecret | null> {
    const found = await this.#store.secretByHash(hashSecret(secret))
    const now = this.#now()
    if (found?.kind !== kind || found.expiresAt <= now) return null
    return kind === 'session' && now - found.usedAt > accountLimits.sessionIdleMs ? null : found
  }

  async #countFailure({ id }: StoredAccount): Promise<void> {
    const over = (await this.#store.countFailure(id)) - accountLimits.failures
    if (over < 0) return
    const lockMs = Math.min(accountLimits.lockMs * 2 ** Math.min(over, 10), accountLimits.lockMostMs)
    await this.#store.change(id, { lockedUntil: this.#now() + lockMs })
  }

  async #endOldest(account: string): Promise<void> {
    const sessions = await this.#store.secrets(account, 'session')
    for (const { id } of sessions.slice(accountLimits.sessions)) await this.#store.removeSecret(id)
  }
}

export interface Identified {
  secret: StoredSecret
  account: StoredAccount
  caller: Caller
}

function callerOf(account: StoredAccount, { kind, name, scope }: StoredSecret): Caller {
  const isToken = kind === 'token'
  return {
    kind: isToken ? 'token' : 'account',
    accountId: account.id,
    name: isToken ? `${account.name} (token ${name})` : account.name,
    grants: account.grants,
    scope,
  }
}

/** One text for every reason: which accounts there are is nobody's business who is not in. */
export function loginFailed(cause?: unknown): AccountError {
  return new AccountError(
    'LOGIN_FAILED',
    'That does not log in: something of it is wrong, was used, has expired, or is locked after too many tries.',
    {
      cause,
      nextStep:
        'Try again in a while; or have `sudo pavise accounts link <name>` make a link on the machine where Pavise runs.',
    },
  )
}
