import { createHash } from 'node:crypto'
import pg from 'pg'
import { storeLimits } from '../limits.ts'
import type { Database, Row, SqlValue } from '../sql/database.ts'
import { estimateUsedBytes } from '../sql/used-bytes.ts'
import { StoreError } from '../store-error.ts'
import { placeOf } from './address.ts'
import { isDefinition, postgresqlText } from './portable-text.ts'
import { endsConnection, explainPostgresqlError } from './postgresql-error.ts'

/**
 * One who writes at a time: `pavise` as a number, with which PostgreSQL locks nothing but itself. It is held by the connection
 * that writes, so that nobody writes who has lost it.
 */
const lockKey = 0x70_61_76_69_73_65

/**
 * What a session is asked for. A commit waits for the disk, whatever the server usually does. A server that hears nothing of us
 * for 25 s ends the session, and with it the lock.
 */
const session = `
  SET synchronous_commit = on;
  SET tcp_keepalives_idle = 10;
  SET tcp_keepalives_interval = 5;
  SET tcp_keepalives_count = 3;
  SET lock_timeout = '${storeLimits.lockWaitMs}ms';
  SET client_min_messages = warning;
`

/** Whole numbers come as text, for they may be larger than JavaScript's; ours are within 2^53. */
const numbers = new Set<number>([pg.types.builtins.INT2, pg.types.builtins.INT4, pg.types.builtins.INT8])
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number) =>
    numbers.has(type) ? (text: string) => Number(text) : (text: string) => text,
}

/**
 * PostgreSQL through `pg`: one connection that writes, one statement or transaction after the other, and a few that read. A
 * connection that ends is made anew by who needs it next; what was under way on it is refused with `STORE_UNAVAILABLE`.
 */
export class PostgresqlDatabase implements Database {
  readonly #place: string
  readonly #config: pg.ClientConfig
  readonly #readers: pg.Pool
  #writer: pg.Client | null = null
  /** Settles, always well, when what was begun last has ended. */
  #turn: Promise<unknown> = Promise.resolve()
  #closed = false

  /** Connects to nothing yet. @throws StoreError for an address that is none. */
  constructor(address: string) {
    this.#place = placeOf(address)
    this.#config = {
      connectionString: address,
      application_name: 'pavise',
      connectionTimeoutMillis: storeLimits.connectMs,
      keepAlive: true,
      types,
    }
    this.#readers = new pg.Pool({
      ...this.#config,
      max: storeLimits.readers,
      options: '-c default_transaction_read_only=on',
      statement_timeout: storeLimits.statementMs,
    })
    // Of one that is idle: it is taken out of the pool, and who asks next gets another.
    this.#readers.on('error', () => undefined)
  }

  async query(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    this.#assertOpen()
    try {
      return (await this.#readers.query<Row>(statement(text, parameters))).rows
    } catch (error) {
      throw explainPostgresqlError(error, this.#place)
    }
  }

  execute(text: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return this.#write(async (client) => (await client.query(statement(text, parameters))).rowCount ?? 0)
  }

  transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    return this.#write(async (client) => {
      await client.query('BEGIN')
      try {
        const result = await work(new Transaction(client))
        await client.query('COMMIT')
        return result
      } catch (error) {
        // Where the connection is gone so is the transaction.
        if (!endsConnection(error)) await client.query('ROLLBACK')
        throw error
      }
    })
  }

  usedBytes(): Promise<number> {
    return estimateUsedBytes(this)
  }

  /** What is free is used again by itself; autovacuum finds it. */
  reclaim(): Promise<void> {
    return Promise.resolve()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    await this.#turn
    await this.#writer?.end()
    await this.#readers.end()
  }

  #write<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    this.#assertOpen()
    const done = this.#turn.then(() => this.#withWriter(work))
    this.#turn = done.catch(() => undefined)
    return done
  }

  async #withWriter<Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> {
    try {
      this.#writer ??= await this.#connectWriter()
      return await work(this.#writer)
    } catch (error) {
      if (endsConnection(error)) await this.#dropWriter()
      throw explainPostgresqlError(error, this.#place)
    }
  }

  async #connectWriter(): Promise<pg.Client> {
    const client = new pg.Client(this.#config)
    // While it is idle; what is under way is refused by itself.
    client.on('error', () => {
      if (this.#writer === client) this.#writer = null
    })
    try {
      await client.connect()
      await client.query(session)
      await client.query('SELECT pg_advisory_lock($1)', [lockKey])
      await assertUtf8(client, this.#place)
      return client
    } catch (error) {
      await client.end().catch(() => undefined)
      throw error
    }
  }

  async #dropWriter(): Promise<void> {
    const writer = this.#writer
    this.#writer = null
    await writer?.end().catch(() => undefined)
  }

  #assertOpen(): void {
    if (this.#closed) throw new StoreError('STORE_CLOSED', 'The store is closed.')
  }
}

/** What a transaction is given: all of it goes through the one connection. */
class Transaction implements Database {
  readonly #client: pg.Client

  constructor(client: pg.Client) {
    this.#client = client
  }

  async query(text: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.#client.query<Row>(statement(text, parameters))).rows
  }

  async execute(text: string, parameters: readonly SqlValue[] = []): Promise<number> {
    return (await this.#client.query(statement(text, parameters))).rowCount ?? 0
  }

  transaction<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    return work(this)
  }

  usedBytes(): Promise<number> {
    return estimateUsedBytes(this)
  }

  reclaim(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

interface Prepared {
  name: string | undefined
  text: string
}

/** By the portable text. */
const prepared = new Map<string, Prepared>()

/** Statements are prepared on the server under a name of theirs, as many as there is room for. */
function statement(portable: string, parameters: readonly SqlValue[]): pg.QueryConfig {
  let known = prepared.get(portable)
  if (known === undefined) {
    const text = postgresqlText(portable)
    const hasRoom = prepared.size < storeLimits.statements && !isDefinition(portable)
    known = { name: hasRoom ? createHash('sha256').update(text).digest('hex').slice(0, 32) : undefined, text }
    if (hasRoom) prepared.set(portable, known)
  }
  const { name, text } = known
  return { text, values: [...parameters], ...(name !== undefined && { name }) }
}

async function assertUtf8(client: pg.Client, place: string): Promise<void> {
  const { rows } = await client.query<{ server_encoding: string }>('SHOW server_encoding')
  const encoding = rows[0].server_encoding
  if (encoding === 'UTF8') return
  throw new StoreError('STORE_UNAVAILABLE', `${place} keeps text as ${encoding}.`, {
    nextStep: 'Make a database of its own: createdb --encoding=UTF8 --template=template0 pavise',
  })
}
