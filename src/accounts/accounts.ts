import { randomUUID } from 'node:crypto'
import type { Grant, Permission } from '../model/permissions.ts'
import type { AccountStore, StoredAccount, StoredSecret } from '../store/account-store.ts'
import { AccountError } from './account-error.ts'
import { type Caller, mayGrant, mayUse } from './caller.ts'
import { accountLimits } from './limits.ts'
import { type OidcOptions, OidcSignIn } from './oidc.ts'
import { Passkeys } from './passkeys.ts'
import { checkPasswordStrength, hashPassword, verifyPassword } from './password.ts'
import { type Identified, SignIn } from './sign-in.ts'

/** The account that the first start makes. */
const firstName = 'admin'

/** Accounts as administrators see them, and what each may change of its own. */
export class Accounts {
  readonly signIn: SignIn
  readonly passkeys: Passkeys
  /** Null where no OpenID provider is configured. */
  readonly oidc: OidcSignIn | null
  readonly #store: AccountStore
  readonly #now: () => number

  constructor(store: AccountStore, now: () => number = Date.now, oidc: OidcOptions | null = null) {
    this.#store = store
    this.#now = now
    this.signIn = new SignIn(store, now)
    this.passkeys = new Passkeys(store, this.signIn, now)
    this.oidc = oidc && new OidcSignIn(oidc, store, this.signIn, now)
  }

  /**
   * Makes an administrator where there is no account. While nobody can log in yet, each start gives a link.
   *
   * @returns the secret of the link, null where somebody can log in
   */
  async firstLink(): Promise<string | null> {
    await this.#store.pruneSecrets(this.#now())
    const accounts = await this.#store.list()
    if (accounts.some(({ password }) => password !== null) || (await this.#store.hasPasskeys())) return null
    const first = accounts.find(isAdministrator) ?? (await this.#make(firstName, [administrator]))
    return this.#link(first)
  }

  /** The name of an account as it is written; null where there is none of that name. */
  async nameOf(name: string): Promise<string | null> {
    return (await this.#store.byName(name))?.name ?? null
  }

  list(): Promise<StoredAccount[]> {
    return this.#store.list()
  }

  /** @returns the account and the link by which its owner logs in first. @throws AccountError */
  async add(by: Caller, name: string, grants: Grant[]): Promise<{ account: StoredAccount; link: string }> {
    allowGrants(by, grants)
    if ((await this.#store.list()).length >= accountLimits.accounts) throw tooMany('accounts')
    const account = await this.#make(name, grants)
    return { account, link: await this.#link(account) }
  }

  /** @throws AccountError */
  async change(
    by: Caller,
    id: string,
    change: { grants?: Grant[]; disabled?: boolean },
  ): Promise<StoredAccount> {
    const account = await this.#account(id)
    if (change.grants) allowGrants(by, change.grants)
    allowGrants(by, account.grants)
    await this.#keepAdministrator({ ...account, ...change })
    await this.#store.change(id, change)
    if (change.disabled === true) await this.#endSessions(id)
    return this.#account(id)
  }

  /** @throws AccountError */
  async remove(by: Caller, id: string): Promise<StoredAccount> {
    const account = await this.#account(id)
    allowGrants(by, account.grants)
    await this.#keepAdministrator({ ...account, disabled: true })
    await this.#store.remove(id)
    return account
  }

  /** Ends what an account is logged in with, its links too; its tokens stay. @throws AccountError */
  async endSessions(by: Caller, id: string): Promise<StoredAccount> {
    const account = await this.#account(id)
    allowGrants(by, account.grants)
    await this.#endSessions(id)
    return account
  }

  /** A new link by which an account's owner logs in; earlier ones are no longer valid. @throws AccountError */
  async link(by: Caller, id: string): Promise<{ account: StoredAccount; link: string }> {
    const account = await this.#account(id)
    allowGrants(by, account.grants)
    return { account, link: await this.#link(account) }
  }

  /**
   * Sets one's own password and ends all other sessions. The old one is asked for, except where the session came
   * from a link: then it is what was forgotten.
   *
   * @throws AccountError
   */
  async setPassword(
    { account, secret }: Identified,
    password: string,
    old: string | undefined,
  ): Promise<void> {
    const asks = account.password !== null && secret.name !== 'link'
    if (asks && !(await verifyPassword(old ?? '', account.password))) {
      throw new AccountError('LOGIN_FAILED', 'The old password is not right.')
    }
    checkPasswordStrength(password, account.name)
    await this.#store.change(account.id, {
      password: await hashPassword(password),
      failures: 0,
      lockedUntil: 0,
    })
    await this.#store.removeSecrets(account.id, 'session', secret.id)
    await this.#store.removeSecrets(account.id, 'link')
  }

  tokens(accountId: string): Promise<StoredSecret[]> {
    return this.#store.secrets(accountId, 'token')
  }

  /** @returns the token, shown this once. @throws AccountError */
  async addToken(
    by: Caller,
    token: { name: string; scope: Permission[] | null; ms: number },
  ): Promise<string> {
    const { name, scope, ms } = token
    if (scope?.some((permission) => !mayUse(by, permission))) {
      throw new AccountError('NOT_YOURS_TO_GIVE', 'A token may do no more than you may.', {
        nextStep: 'Leave out of its scope what you may not do.',
      })
    }
    if ((await this.tokens(by.accountId)).length >= accountLimits.tokens) throw tooMany('tokens')
    const expiresAt = this.#now() + Math.min(ms, accountLimits.tokenMs.most)
    return this.signIn.issue({ kind: 'token', account: by.accountId, name, scope, expiresAt })
  }

  /** False where that account has no such token. */
  async removeToken(accountId: string, id: string): Promise<boolean> {
    const own = (await this.tokens(accountId)).some((token) => token.id === id)
    return own && this.#store.removeSecret(id)
  }

  async endSession({ secret }: Identified): Promise<void> {
    await this.#store.removeSecret(secret.id)
  }

  async #make(name: string, grants: Grant[]): Promise<StoredAccount> {
    const id = randomUUID()
    if (!(await this.#store.add({ id, name, grants, createdAt: this.#now() }))) {
      throw new AccountError('NAME_TAKEN', `There is an account of the name ${name} already.`)
    }
    return this.#account(id)
  }

  async #link({ id }: StoredAccount): Promise<string> {
    await this.#store.removeSecrets(id, 'link')
    return this.signIn.issue({
      kind: 'link',
      account: id,
      name: '',
      expiresAt: this.#now() + accountLimits.linkMs,
    })
  }

  async #account(id: string): Promise<StoredAccount> {
    const account = await this.#store.byId(id)
    if (account) return account
    throw new AccountError('ACCOUNT_UNKNOWN', 'There is no such account.')
  }

  async #endSessions(id: string): Promise<void> {
    await this.#store.removeSecrets(id, 'session')
    await this.#store.removeSecrets(id, 'link')
  }

  /** @param changed as it is to be */
  async #keepAdministrator(changed: StoredAccount): Promise<void> {
    const others = (await this.#store.list()).filter(({ id }) => id !== changed.id)
    if ([...others, changed].some((account) => !account.disabled && isAdministrator(account))) return
    throw new AccountError('LAST_ADMINISTRATOR', 'There would be no administrator left.', {
      nextStep: 'Make another account an administrator first.',
    })
  }
}

const administrator: Grant = { role: 'administrator', namespace: null }

function isAdministrator({ grants }: StoredAccount): boolean {
  return grants.some(({ role, namespace }) => role === 'administrator' && namespace === null)
}

/** @throws AccountError where these roles, given or taken, may more than the one who does it */
function allowGrants(by: Caller, grants: readonly Grant[]): void {
  if (mayGrant(by, grants)) return
  throw new AccountError('NOT_YOURS_TO_GIVE', 'These roles may more than you may.', {
    nextStep: 'Ask an administrator.',
  })
}

function tooMany(what: string): AccountError {
  return new AccountError('TOO_MANY', `There are too many ${what}.`, { nextStep: 'Remove some first.' })
}
