import { StoreError, type StoreErrorCode } from '../store-error.ts'

type Explained = [code: StoreErrorCode, nextStep: string]

const again = 'Look whether the server runs and can be reached; Pavise goes on as soon as it answers.'
const account = 'Check user and password of the address given with --store, PGPASSWORD or ~/.pgpass.'
const rights = 'Make the user of --store the owner of the database: Pavise makes its tables there.'

/** SQLSTATE, or its class of two characters: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const states: Record<string, Explained> = {
  '08': ['STORE_UNAVAILABLE', again],
  '28': ['STORE_UNAVAILABLE', account],
  '3D': ['STORE_UNAVAILABLE', 'Make the database (createdb), or name another with --store.'],
  '42501': ['STORE_UNAVAILABLE', rights],
  '25006': ['STORE_UNAVAILABLE', 'This server only reads: name the one that writes with --store.'],
  '53100': ['STORE_FULL', 'Free space on the disk of the database; what is waiting is stored then.'],
  '53': ['STORE_UNAVAILABLE', 'The server has no more connections or memory to give: raise its limits.'],
  '55P03': ['STORE_LOCKED', 'Stop the other Pavise that uses this database, or name another with --store.'],
  '57P': ['STORE_UNAVAILABLE', again],
  '58': ['STORE_UNAVAILABLE', 'Look at the log of the server and at its disk.'],
  XX00: ['STORE_CORRUPT', 'Look at the log of the server; restore the database from a backup.'],
}

/** Of the network, by libuv's names. */
const network = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EACCES',
])

/** How `pg` says, without a code, that the connection is gone or did not come about. */
const gone =
  /^(Connection terminated|timeout expired|timeout exceeded|Client has encountered|Client was closed)/

/**
 * What a person can do something with; anything else stays as it is.
 *
 * @param place where the database is, without a password
 */
export function explainPostgresqlError(error: unknown, place: string): unknown {
  if (!(error instanceof Error) || error instanceof StoreError) return error
  const explained = explanationOf(error)
  if (explained === undefined) return error
  const [code, nextStep] = explained
  return new StoreError(code, `${place}: ${messageOf(error)}`, { cause: error, nextStep })
}

/** Whether the connection is of no use any more. */
export function endsConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code = '' } = error as { code?: string }
  return network.has(code) || gone.test(error.message) || code.startsWith('08') || code.startsWith('57P')
}

function explanationOf(error: Error): Explained | undefined {
  const { code = '' } = error as { code?: string }
  if (network.has(code) || gone.test(error.message)) return ['STORE_UNAVAILABLE', again]
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined
  return states[code] ?? states[code.slice(0, 4)] ?? states[code.slice(0, 3)] ?? states[code.slice(0, 2)]
}

/** Of several attempts at the addresses of one name, Node gives an error without a text of its own. */
function messageOf(error: Error): string {
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message
  return error.errors.map((each) => (each as Error).message).join('; ')
}
