import type { NodeStore, StoredJoinToken, StoredNode } from '../node-store.ts'
import type { Database } from './database.ts'

/** Nodes and tokens to join by, in portable SQL. */
export class SqlNodes implements NodeStore {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  async list(): Promise<{ nodes: StoredNode[]; tokens: StoredJoinToken[] }> {
    const rows = await this.#database.query('SELECT kind, record FROM node_records ORDER BY kind, id')
    const ofKind = <Kept>(kind: string) =>
      rows.filter((row) => row.kind === kind).map(({ record }) => JSON.parse(record as string) as Kept)
    return { nodes: ofKind<StoredNode>('node'), tokens: ofKind<StoredJoinToken>('token') }
  }

  async save({ nodes = [], tokens = [] }: Parameters<NodeStore['save']>[0]): Promise<void> {
    const records = [
      ...nodes.map((node) => ['node', node.id, JSON.stringify(node)]),
      ...tokens.map((token) => ['token', token.id, JSON.stringify(token)]),
    ]
    await this.#database.transaction(async (transaction) => {
      for (const record of records)
        await transaction.execute(
          `INSERT INTO node_records (kind, id, record) VALUES (?, ?, ?)
          ON CONFLICT (kind, id) DO UPDATE SET record = excluded.record`,
          record,
        )
    })
  }

  async remove(kind: 'node' | 'token', id: string): Promise<void> {
    await this.#database.execute('DELETE FROM node_records WHERE kind = ? AND id = ?', [kind, id])
  }
}
