import type { DataFlow } from '../../../../src/api/contract/types.ts'
import { fullNumber, type Transport } from '../../text.ts'

/** How a data flow goes. */
export function transportOf({ encrypted, client, server }: DataFlow): Transport {
  if (encrypted) return 'encrypted'
  return client.id === server.id ? 'loopback' : 'clear'
}

/** About how many persons’ data it carried: `≈ 12`; nothing where none is told from others. */
export function personsText({ dataSubjects }: DataFlow): string {
  return dataSubjects === 0 ? '' : `≈ ${fullNumber(dataSubjects)}`
}

/** `api to db, PostgreSQL`. */
export function nameOf({ client, server, application }: DataFlow): string {
  return `${client.name} to ${server.name}, ${application}`
}
