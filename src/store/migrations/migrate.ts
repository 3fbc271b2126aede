import type { Database } from '../sql/database.ts'
import { StoreError } from '../store-error.ts'
import { records } from './0001-records.ts'
import { policy } from './0002-policy.ts'
import { incidents } from './0003-incidents.ts'
import { accounts } from './0004-accounts.ts'
import { evidence } from './0005-evidence.ts'
import { cases } from './0006-cases.ts'
import { passkeys } from './0007-passkeys.ts'
import { evidenceWitnesses } from './0008-evidence-witnesses.ts'
import { facets, fillFacets } from './0009-facets.ts'
import { privacy } from './0010-privacy.ts'
import { nodes } from './0011-nodes.ts'
import { facetIndexes } from './0012-facet-indexes.ts'

export interface Migration {
  version: number
  name: string
  statements: readonly string[]
  /** Brings what is stored into the new form; after the statements, in their transaction. */
  fill?: (database: Database) => Promise<void>
}

/** In order, never changed once released: a change of the schema is a new one at the end. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'records', statements: records },
  { version: 2, name: 'policy', statements: policy },
  { version: 3, name: 'incidents', statements: incidents },
  { version: 4, name: 'accounts', statements: accounts },
  { version: 5, name: 'evidence', statements: evidence },
  { version: 6, name: 'cases', statements: cases },
  { version: 7, name: 'passkeys', statements: passkeys },
  { version: 8, name: 'evidence-witnesses', statements: evidenceWitnesses },
  { version: 9, name: 'facets', statements: facets, fill: fillFacets },
  { version: 10, name: 'privacy', statements: privacy },
  { version: 11, name: 'nodes', statements: nodes },
  { version: 12, name: 'facet-indexes', statements: facetIndexes },
]

/**
 * Brings a database to the newest version, each migration in a transaction of its own.
 *
 * @throws StoreError `STORE_TOO_NEW` where a newer Pavise has written it.
 */
export async function migrate(database: Database, now: number, steps = migrations): Promise<void> {
  await database.execute(
    'CREATE TABLE IF NOT EXISTS migrations (version bigint NOT NULL PRIMARY KEY, name text NOT NULL, at_ms bigint NOT NULL)',
  )
  const [row] = await database.query('SELECT COALESCE(MAX(version), 0) AS version FROM migrations')
  const current = row.version as number
  const newest = steps.at(-1)?.version ?? 0
  if (current > newest) {
    throw new StoreError(
      'STORE_TOO_NEW',
      `The store has version ${current}; this Pavise knows up to ${newest}.`,
      {
        nextStep: 'Use the Pavise that wrote it or a newer one, or another --state-dir.',
      },
    )
  }
  for (const step of steps) if (step.version > current) await apply(database, step, now)
}

async function apply(database: Database, step: Migration, now: number): Promise<void> {
  await database.transaction(async (transaction) => {
    for (const statement of step.statements) await transaction.execute(statement)
    await step.fill?.(transaction)
    await transaction.execute('INSERT INTO migrations (version, name, at_ms) VALUES (?, ?, ?)', [
      step.version,
      step.name,
      now,
    ])
  })
}
