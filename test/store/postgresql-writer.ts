import { writeSync } from 'node:fs'
import { PostgresqlStore } from '../../src/store/postgresql/postgresql-store.ts'
import { writeBatches } from './endless-writer.ts'

/** As kill-9-writer.ts, into a PostgreSQL database. Arguments: its address, the name of the run. */
const [address, run] = process.argv.slice(2)
await writeBatches(await PostgresqlStore.connect(address), run, (sequence) => writeSync(1, `${sequence}\n`))
