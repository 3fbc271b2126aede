import { parentPort, workerData } from 'node:worker_threads'
import { SqlStore } from '../sql/sql-store.ts'
import { StoreError } from '../store-error.ts'
import { SqliteDatabase } from './sqlite-database.ts'
import type { ThreadData, ThreadError, ThreadRequest, ThreadResponse } from './thread-messages.ts'

/**
 * The thread in which the store runs: a disk that takes a second to sync must not keep the controller from answering.
 *
 * Invariant: inside a transaction nothing is waited for but the database, whose calls block. So a transaction runs to
 * its end before the next message is read, and requests cannot come between its statements.
 */
const port = parentPort
if (!port) throw new Error('sqlite-thread.ts is a thread of SqliteStore')
const { path, isReadOnly } = workerData as ThreadData

function describe(error: unknown): ThreadError {
  const message = error instanceof Error ? error.message : String(error)
  return error instanceof StoreError
    ? { code: error.code, message, nextStep: error.nextStep }
    : { code: null, message, nextStep: undefined }
}

async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
  let response: ThreadResponse
  try {
    response = { id, result: await work() }
  } catch (error) {
    response = { id, error: describe(error) }
  }
  port?.postMessage(response)
}

let store: SqlStore | undefined

type Methods = Record<string, (...parameters: unknown[]) => Promise<unknown>>

function call({ part, method, parameters }: ThreadRequest): Promise<unknown> {
  if (!store) throw new StoreError('STORE_CLOSED', 'The store is not open.')
  const target = (part === null ? store : store[part]) as unknown as Methods
  return target[method](...parameters)
}

async function serve(request: ThreadRequest): Promise<void> {
  await answer(request.id, async () => call(request))
  if (request.method === 'close') port?.close()
}

await answer(0, async () => {
  store = isReadOnly
    ? SqlStore.reading(new SqliteDatabase(path, { isReadOnly }))
    : await SqlStore.open(new SqliteDatabase(path), Date.now())
})
port.on('message', (request: ThreadRequest) => void serve(request))
