import type { Grant, Permission } from '../../model/permissions.ts'
import type {
  AccountChange,
  AccountStore,
  NewAccount,
  SecretKind,
  StoredAccount,
  StoredPasskey,
  StoredSecret,
} from '../account-store.ts'
import type { Database, Row, SqlValue } from './database.ts'
import { column } from './values.ts'

/** Accounts and their secrets in portable SQL. */
export class SqlAccounts implements AccountStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async add({ id, name, grants, createdAt }: NewAccount): Promise<boolean> {
    const added = await this.#database.execute(
      `INSERT INTO accounts
         (id, name, name_key, grants, password, disabled, failures, locked_until_ms, created_ms)
       VALUES (?, ?, ?, ?, NULL, 0, 0, 0, ?) ON CONFLICT (name_key) DO NOTHING`,
      [id, column(name), nameKey(name), JSON.stringify(grants), createdAt],
    )
    return added > 0
  }

  byId(id: string): Promise<StoredAccount | null> {
    return this.#account('id = ?', column(id))
  }

  byName(name: string): Promise<StoredAccount | null> {
    return this.#account('name_key = ?', nameKey(name))
  }

  async list(): Promise<StoredAccount[]> {
    return (await this.#database.query('SELECT * FROM accounts ORDER BY name_key')).map(accountOf)
  }

  async change(id: string, change: AccountChange): Promise<boolean> {
    const values = Object.entries(columnsOf(change))
    if (values.length === 0) return (await this.byId(id)) !== null
    const assignments = values.map(([name]) => `${name} = ?`).join(', ')
    const parameters = [...values.map(([, value]) => value), column(id)]
    return (await this.#database.execute(`UPDATE accounts SET ${assignments} WHERE id = ?`, parameters)) > 0
  }

  remove(id: string): Promise<boolean> {
    return this.#database.transaction(async (transaction) => {
      await transaction.execute('DELETE FROM secrets WHERE account = ?', [column(id)])
      await transaction.execute('DELETE FROM passkeys WHERE account = ?', [column(id)])
      return (await transaction.execute('DELETE FROM accounts WHERE id = ?', [column(id)])) > 0
    })
  }

  async countFailure(id: string): Promise<number> {
    await this.#database.execute('UPDATE accounts SET failures = failures + 1 WHERE id = ?', [column(id)])
    return (await this.byId(id))?.failures ?? 0
  }

  async addSecret(secret: StoredSecret): Promise<void> {
    const { id, hash, kind, account, name, scope, createdAt, usedAt, expiresAt } = secret
    await this.#database.execute(
      `INSERT INTO secrets (id, hash, kind, account, name, scope, created_ms, used_ms, expires_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        ...[id, hash, kind, account, column(name)],
        scope && JSON.stringify(scope),
        ...[createdAt, usedAt, expiresAt],
      ],
    )
  }

  async secretByHash(hash: string): Promise<StoredSecret | null> {
    const rows = await this.#database.query('SELECT * FROM secrets WHERE hash = ?', [column(hash)])
    return rows.length === 0 ? null : secretOf(rows[0])
  }

  async secrets(account: string, kind: SecretKind): Promise<StoredSecret[]> {
    const rows = await this.#database.query(
      'SELECT * FROM secrets WHERE account = ? AND kind = ? ORDER BY created_ms DESC, id DESC',
      [column(account), kind],
    )
    return rows.map(secretOf)
  }

  async touchSecret(id: string, at: number): Promise<void> {
    await this.#database.execute('UPDATE secrets SET used_ms = ? WHERE id = ? AND used_ms < ?', [at, id, at])
  }

  async removeSecret(id: string): Promise<boolean> {
    return (await this.#database.execute('DELETE FROM secrets WHERE id = ?', [column(id)])) > 0
  }

  async removeSecrets(account: string, kind: SecretKind, except = ''): Promise<void> {
    await this.#database.execute('DELETE FROM secrets WHERE account = ? AND kind = ? AND id <> ?', [
      column(account),
      kind,
      except,
    ])
  }

  async addPasskey({
    id,
    account,
    name,
    publicKey,
    counter,
    createdAt,
    usedAt,
  }: StoredPasskey): Promise<boolean> {
    const added = await this.#database.execute(
      `INSERT INTO passkeys (id, account, name, public_key, counter, created_ms, used_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      [column(id), account, column(name), publicKey, counter, createdAt, usedAt],
    )
    return added > 0
  }

  async passkey(id: string): Promise<StoredPasskey | null> {
    const rows = await this.#database.query('SELECT * FROM passkeys WHERE id = ?', [column(id)])
    return rows.length === 0 ? null : passkeyOf(rows[0])
  }

  async passkeys(account: string): Promise<StoredPasskey[]> {
    const rows = await this.#database.query(
      'SELECT * FROM passkeys WHERE account = ? ORDER BY created_ms DESC, id DESC',
      [column(account)],
    )
    return rows.map(passkeyOf)
  }

  async hasPasskeys(): Promise<boolean> {
    return (await this.#database.query('SELECT id FROM passkeys LIMIT 1')).length > 0
  }

  async usePasskey(id: string, counter: number, at: number): Promise<void> {
    await this.#database.execute('UPDATE passkeys SET counter = ?, used_ms = ? WHERE id = ?', [
      ...[counter, at, column(id)],
    ])
  }

  async removePasskey(account: string, id: string): Promise<boolean> {
    const parameters = [column(account), column(id)]
    return (await this.#database.execute('DELETE FROM passkeys WHERE account = ? AND id = ?', parameters)) > 0
  }

  pruneSecrets(now: number): Promise<number> {
    return this.#database.execute('DELETE FROM secrets WHERE expires_ms <= ?', [now])
  }

  async #account(condition: string, value: string): Promise<StoredAccount | null> {
    const rows = await this.#database.query(`SELECT * FROM accounts WHERE ${condition}`, [value])
    return rows.length === 0 ? null : accountOf(rows[0])
  }
}

/** Two names are the same where this is. */
function nameKey(name: string): string {
  return column(name.normalize('NFKC').toLowerCase())
}

function columnsOf(change: AccountChange): Record<string, SqlValue> {
  const { grants, password, disabled, failures, lockedUntil } = change
  return {
    ...(grants !== undefined && { grants: JSON.stringify(grants) }),
    ...(password !== undefined && { password }),
    ...(disabled !== undefined && { disabled: Number(disabled) }),
    ...(failures !== undefined && { failures }),
    ...(lockedUntil !== undefined && { locked_until_ms: lockedUntil }),
  }
}

function accountOf(row: Row): StoredAccount {
  return {
    id: row.id as string,
    name: row.name as string,
    grants: JSON.parse(row.grants as string) as Grant[],
    password: row.password as string | null,
    disabled: row.disabled === 1,
    failures: row.failures as number,
    lockedUntil: row.locked_until_ms as number,
    createdAt: row.created_ms as number,
  }
}

function secretOf(row: Row): StoredSecret {
  return {
    id: row.id as string,
    hash: row.hash as string,
    kind: row.kind as SecretKind,
    account: row.account as string,
    name: row.name as string,
    scope: row.scope === null ? null : (JSON.parse(row.scope as string) as Permission[]),
    createdAt: row.created_ms as number,
    usedAt: row.used_ms as number,
    expiresAt: row.expires_ms as number,
  }
}

function passkeyOf(row: Row): StoredPasskey {
  return {
    id: row.id as string,
    account: row.account as string,
    name: row.name as string,
    publicKey: row.public_key as string,
    counter: row.counter as number,
    createdAt: row.created_ms as number,
    usedAt: row.used_ms as number,
  }
}
