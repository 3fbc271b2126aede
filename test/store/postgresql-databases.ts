import { after, type TestContext } from 'node:test'
import pg from 'pg'
import { PostgresqlStore } from '../../src/store/postgresql/postgresql-store.ts'
import { type PostgresqlServer, startPostgresql } from '../support/postgresql-server.ts'

/** Here it is of the whole file; within a test it would be of that test. */
const ends: (() => Promise<void>)[] = []
after(async () => {
  for (const end of ends) await end()
})

let running: Promise<PostgresqlServer> | undefined
let made = 0
let model: Promise<string> | undefined

/** One server for all tests of a file. */
export function server(): Promise<PostgresqlServer> {
  running ??= startPostgresql({ after: (end) => ends.push(end as () => Promise<void>) })
  return running
}

/** The address of a new, empty database. */
export async function newDatabase(options = ''): Promise<string> {
  const { port, user } = await server()
  const admin = new pg.Client({ host: '127.0.0.1', port, user, database: 'postgres' })
  await admin.connect()
  const name = `store_${++made}`
  await admin.query(`CREATE DATABASE ${name} ${options}`)
  await admin.end()
  return `postgres://${user}@127.0.0.1:${port}/${name}`
}

/** A database in which all migrations were made: to copy it takes less time than to make them. */
async function makeModel(): Promise<string> {
  const address = await newDatabase()
  await (await PostgresqlStore.connect(address)).close()
  return new URL(address).pathname.slice(1)
}

/** A store in a new database, until the test ends. */
export async function openStore(t: TestContext): Promise<PostgresqlStore> {
  const store = await PostgresqlStore.connect(await newDatabase(`TEMPLATE ${await (model ??= makeModel())}`))
  t.after(() => store.close())
  return store
}
