import { writeSync } from 'node:fs'
import { SqliteStore } from '../../src/store/sqlite/sqlite-store.ts'
import { writeBatches } from './endless-writer.ts'

/**
 * Writes until it is killed; prints the sequence of each batch once the store says that it is durable. Arguments: the
 * file, the name of the run.
 */
const [path, run] = process.argv.slice(2)
await writeBatches(await SqliteStore.open(path), run, (sequence) => writeSync(1, `${sequence}\n`))
