import type {
  EvidenceAddition,
  EvidenceQuery,
  EvidenceStore,
  HeadsQuery,
  StoredEntry,
  StoredHead,
  StoredWitness,
} from '../evidence-store.ts'
import { StoreError } from '../store-error.ts'
import type { Database, Row, SqlValue } from './database.ts'

/** The evidence ledger in portable SQL. */
export class SqlEvidence implements EvidenceStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  size(): Promise<number> {
    return sizeOf(this.#database)
  }

  append({ entries, tiles }: EvidenceAddition): Promise<void> {
    return this.#database.transaction(async (database) => {
      const size = await sizeOf(database)
      if (entries[0]?.index !== size) {
        throw new StoreError('STORE_CONFLICT', `The ledger has ${size} entries; another one was to follow.`)
      }
      for (const { index, at, kind, header, sealed } of entries) {
        await database.execute(
          'INSERT INTO evidence_entries (number, at_ms, kind, header, sealed) VALUES (?, ?, ?, ?, ?)',
          [index, at, kind, header, sealed],
        )
      }
      for (const { level, index, hashes } of tiles) {
        await database.execute(
          `INSERT INTO evidence_tiles (level, number, hashes) VALUES (?, ?, ?)
           ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes`,
          [level, index, hashes],
        )
      }
    })
  }

  async entries({ from, to, kind, limit, isNewestFirst }: EvidenceQuery): Promise<StoredEntry[]> {
    const conditions = ['number >= ?']
    const values: SqlValue[] = [from]
    if (to !== undefined) {
      conditions.push('number < ?')
      values.push(to)
    }
    if (kind !== undefined) {
      conditions.push('kind = ?')
      values.push(kind)
    }
    const rows = await this.#database.query(
      `SELECT number, at_ms, kind, header, sealed FROM evidence_entries
       WHERE ${conditions.join(' AND ')} ORDER BY number ${direction(isNewestFirst)} LIMIT ?`,
      [...values, limit],
    )
    return rows.map(entryOf)
  }

  async tile(level: number, index: number): Promise<string | null> {
    const [row] = await this.#database.query(
      'SELECT hashes FROM evidence_tiles WHERE level = ? AND number = ?',
      [level, index],
    )
    return row === undefined ? null : (row.hashes as string)
  }

  async saveHead({ size, at, note }: StoredHead): Promise<void> {
    await this.#database.execute(
      'INSERT INTO evidence_heads (size, at_ms, note) VALUES (?, ?, ?) ON CONFLICT (size, at_ms) DO NOTHING',
      [size, at, note],
    )
  }

  async lastHead(): Promise<StoredHead | null> {
    const [row] = await this.#database.query(
      'SELECT size, at_ms, note FROM evidence_heads ORDER BY size DESC, at_ms DESC LIMIT 1',
    )
    return row === undefined ? null : headOf(row)
  }

  async heads(query: HeadsQuery): Promise<StoredHead[]> {
    const order = direction(query.isNewestFirst)
    const rows = await this.#database.query(
      `SELECT size, at_ms, note FROM evidence_heads WHERE size >= ? AND size <= ?
       ORDER BY size ${order}, at_ms ${order} LIMIT ?`,
      [query.from, query.to, query.limit],
    )
    return rows.map(headOf)
  }

  async saveWitness({ size, at, kind, name, note, proof }: StoredWitness): Promise<void> {
    await this.#database.execute(
      `INSERT INTO evidence_witnesses (size, at_ms, name, kind, note, proof) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (size, at_ms, name) DO NOTHING`,
      [size, at, name, kind, note, proof],
    )
  }

  async witnesses(query: { from: number; to: number; limit: number }): Promise<StoredWitness[]> {
    const rows = await this.#database.query(
      `SELECT size, at_ms, name, kind, note, proof FROM evidence_witnesses WHERE size >= ? AND size <= ?
       ORDER BY size DESC, at_ms DESC, name LIMIT ?`,
      [query.from, query.to, query.limit],
    )
    return rows.map(witnessOf)
  }

  async firstSince(at: number): Promise<number> {
    const [row] = await this.#database.query(
      'SELECT MIN(number) AS number FROM evidence_entries WHERE at_ms >= ?',
      [at],
    )
    return (row.number as number | null) ?? (await this.size())
  }
}

function direction(isNewestFirst = false): 'ASC' | 'DESC' {
  return isNewestFirst ? 'DESC' : 'ASC'
}

async function sizeOf(database: Database): Promise<number> {
  const [row] = await database.query('SELECT COALESCE(MAX(number) + 1, 0) AS size FROM evidence_entries')
  return row.size as number
}

function entryOf(row: Row): StoredEntry {
  return {
    index: row.number as number,
    at: row.at_ms as number,
    kind: row.kind as string,
    header: row.header as string,
    sealed: row.sealed as string,
  }
}

function witnessOf(row: Row): StoredWitness {
  return {
    ...headOf(row),
    kind: row.kind as string,
    name: row.name as string,
    proof: row.proof as string,
  }
}

function headOf(row: Row): StoredHead {
  return { size: row.size as number, at: row.at_ms as number, note: row.note as string }
}
