import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgresql } from '../test/support/postgresql-server.ts'
import type { Database } from '../src/store/sql/database.ts'
import { PostgresqlDatabase } from '../src/store/postgresql/postgresql-database.ts'
import { PostgresqlStore } from '../src/store/postgresql/postgresql-store.ts'
import { SqlStore } from '../src/store/sql/sql-store.ts'
import { SqliteDatabase } from '../src/store/sqlite/sqlite-database.ts'
import { SqliteStore } from '../src/store/sqlite/sqlite-store.ts'
import type { Page, PageQuery } from '../src/store/paging.ts'
import type { Store } from '../src/store/store.ts'
import { multiply } from './store/copies.ts'
import { measureRetention } from './store/retention.ts'
import { fill, now, day } from './store/rows.ts'

/**
 * How long every list takes that the API gives, first page with its total and a page from the middle, by each filter and by
 * text; and what retention costs those who write meanwhile.
 *
 * PAVISE_BENCH_FLOWS   flows (default 1000000); a multiple of 250000 where it is more; findings are a tenth of them
 * PAVISE_BENCH_FILE    an SQLite file that is measured; where there is none it is made there, and stays
 * PAVISE_BENCH_STORE   `postgresql` measures that in place of SQLite, on a server that it starts (Debian: postgresql)
 */
const count = Number(process.env['PAVISE_BENCH_FLOWS'] ?? 1_000_000)
/** More are made of these. */
const mostAppended = 250_000
const rounds = 40
const limit = 100

export async function run(): Promise<void> {
  return process.env['PAVISE_BENCH_STORE'] === 'postgresql' ? runPostgresql() : runSqlite()
}

async function runPostgresql(): Promise<void> {
  const ends: (() => Promise<void>)[] = []
  const { port, user } = await startPostgresql({ after: (end) => ends.push(end as () => Promise<void>) })
  try {
    const address = `postgres://${user}@127.0.0.1:${port}/postgres`
    const database = new PostgresqlDatabase(address)
    await timed(`${count} flows and what goes with them`, () => make(database))
    const store = await PostgresqlStore.connect(address)
    await measureLists(store)
    await measureSummaries(store)
    await store.close()
  } finally {
    for (const end of ends.toReversed()) await end()
  }
}

async function runSqlite(): Promise<void> {
  const kept = process.env['PAVISE_BENCH_FILE']
  if (kept !== undefined) return runKept(kept)
  const folder = mkdtempSync(join(tmpdir(), 'pavise-bench-'))
  const path = join(folder, 'pavise.db')
  try {
    await timed(`${count} flows and what goes with them`, () => makeSqlite(path))
    console.log(`${(statSync(path).size / 2 ** 30).toFixed(2)} GiB`)
    const store = await SqliteStore.open(path)
    await measureLists(store)
    await measureSummaries(store)
    await measureRetention(store, count)
    await store.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Only reads, so that it can be measured again. */
async function runKept(path: string): Promise<void> {
  if (!existsSync(path)) await timed(`${count} flows and what goes with them`, () => makeSqlite(path))
  console.log(`${(statSync(path).size / 2 ** 30).toFixed(2)} GiB`)
  const store = await SqliteStore.open(path)
  await measureLists(store)
  await measureSummaries(store)
  await store.close()
}

/** What is durable is of no matter here. */
async function makeSqlite(path: string): Promise<void> {
  const database = new SqliteDatabase(path)
  await database.query('PRAGMA synchronous = OFF')
  await database.query('PRAGMA cache_size = -1000000')
  return make(database)
}

async function make(database: Database): Promise<void> {
  const store = await SqlStore.open(database, now)
  const appended = Math.min(count, mostAppended)
  await fill(store, appended)
  await multiply(database, count / appended, (7 * day) / count)
  await store.close()
}

type List = (query: PageQuery) => Promise<Page<unknown>>

async function measureLists(store: Store): Promise<void> {
  console.log(`${''.padEnd(52)}${'first page, with total'.padEnd(26)}page in the middle`)
  for (const [name, list] of lists(store)) await measureList(name, list)
}

function lists(store: Store): [name: string, list: List][] {
  const of = <Query extends object>(
    kind: string,
    list: (query: Query & PageQuery) => Promise<Page<unknown>>,
    filters: Query[],
  ) =>
    filters.map((filter): [string, List] => [
      `${kind} ${JSON.stringify(filter)}`,
      (query) => list({ ...query, ...filter }),
    ])
  const workload = 'containerd:40'
  const [since, until] = [now - 3 * day, now - 2 * day]
  return [
    ...of('flows', (query) => store.flows(query), [
      ...[{}, { workload }, { workload: 'containerd:199' }, { application: 'DNS' }, { application: 'Kafka' }],
      ...[{ encrypted: true }, { side: 'server' as const, encrypted: false }, { identifier: 'iban' }],
      ...[
        { identifier: 'person-name', workload },
        { since, until },
        { since, until, workload },
      ],
      ...[{ search: 'rare.partner' }, { search: 'example' }, { search: 'service-42' }, { search: '10.2.4' }],
      ...[{ search: '203.0.113.7' }, { search: 'dns 10.1.7.2' }, { search: 'nothing-such' }, { search: '1' }],
      ...[
        { search: 'example', since, until },
        { search: 'rare.partner', since, until },
        { namespaces: ['n'] },
      ],
      ...[{ search: '203.0', application: 'DNS', encrypted: false }],
    ]),
    ...of('findings', (query) => store.findings(query), [
      ...[{}, { workload }, { identifier: 'iban' }, { identifier: 'person-name', encrypted: false }],
      ...[
        { flow: 'flow-000000000100' },
        { since, until },
        { search: 'customer.iban' },
        { search: 'rare.partner' },
      ],
    ]),
    ...of('violations', (query) => store.incidents({ ...query, type: 'violation' }), [
      ...[{}, { workload }, { action: 'blocked' as const }, { search: '10.2.4' }],
    ]),
    ...of('coverage', (query) => store.coverage(query), [{}, { reason: 'tap-failed' }, { search: workload }]),
    ...of('audit', (query) => store.audit.list(query), [
      ...[
        {},
        { actor: 'person-7' },
        { action: 'unmask' },
        { search: 'namespace-3' },
        { search: 'ticket 60' },
      ],
    ]),
    ...of('evidence', (query) => listEvidence(store, query), [{}, { kind: 'policy' }]),
  ]
}

/** What stands over a list; how far back it came is told beside it. */
async function measureSummaries(store: Store): Promise<void> {
  const filters = [{}, { identifier: 'iban' }, { workload: 'containerd:40' }, { search: 'example' }]
  const range = { until: now, buckets: 48 }
  for (const filter of filters) {
    const times: number[] = []
    let counted = 0
    for (let i = 0; i < rounds; i++)
      counted = (await clocked(times, () => store.summarize({ of: 'findings', filter }, range))).counted
    const name = `summary of findings ${JSON.stringify(filter)}`
    console.log(`${name.padEnd(52)}${percentiles(times).padEnd(26)}${counted} counted`)
  }
}

/** By its index, not by time: where a page begins is the number of its first entry. */
async function listEvidence(store: Store, query: PageQuery & { kind?: string }): Promise<Page<unknown>> {
  const items = await store.evidence.entries({ ...query, from: query.after?.at ?? 0 })
  return { items, next: null }
}

async function measureList(name: string, list: List): Promise<void> {
  const first: number[] = []
  const middle: number[] = []
  let page: Page<unknown> = { items: [], next: null }
  for (let i = 0; i < rounds; i++) {
    page = await clocked(first, () => list({ limit, total: true }))
    const after = { at: now - Math.round(((i + 1) / (rounds + 2)) * 7 * day), id: '' }
    await clocked(middle, () => list({ limit, after }))
  }
  const total = page.total === undefined ? '' : `${page.total.exact ? '' : 'at least '}${page.total.count}`
  console.log(`${name.padEnd(52)}${percentiles(first).padEnd(26)}${percentiles(middle).padEnd(26)}${total}`)
}

async function clocked<Result>(times: number[], work: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  const result = await work()
  times.push(performance.now() - began)
  return result
}

function percentiles(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1)
  return `p50 ${at(0.5)} p99 ${at(0.99)} ms`
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const began = performance.now()
  await work()
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
}
