import type { FlowRecord } from '../../../model/records.ts'
import type { PageQuery } from '../../../store/paging.ts'
import type { FindingItem, Store } from '../../../store/store.ts'
import { controllerLimits } from '../../limits.ts'
import { readAll } from '../../read-all.ts'

/** What is taken for suspicious. Nothing of it: all that is watched. */
export interface Suspects {
  /** Ids of workloads. */
  workloads: readonly string[]
  /** As they are written in records. */
  addresses: readonly string[]
  /** `user:clinic` of a database, or the keyed hash that findings show. */
  credentials: readonly string[]
}

/** Times in ms since 1970. */
export interface Window {
  since: number
  until: number
}

/** A credential, and the connections on which it was seen. */
export interface CredentialUse {
  credential: string
  flows: FlowRecord[]
}

const userPrefix = 'user:'

/** The user of a database that a credential names; undefined where it is a hash. */
function userOf(credential: string): string | undefined {
  return credential.startsWith(userPrefix) ? credential.slice(userPrefix.length) : undefined
}

export function isNobody({ workloads, addresses, credentials }: Suspects): boolean {
  return workloads.length + addresses.length + credentials.length === 0
}

/** Where suspicious credentials were used, as far as that was seen, and whether there was more. */
export async function credentialUses(
  store: Store,
  credentials: readonly string[],
  window: Window,
): Promise<{ uses: CredentialUse[]; isCut: boolean }> {
  const uses = new Map(credentials.map((credential) => [credential, new Map<string, FlowRecord>()]))
  let isCut = false
  const add = (credential: string, flow: FlowRecord): void => {
    const flows = uses.get(credential)
    if (flows === undefined) return
    if (flows.size < controllerLimits.credentialFlows) flows.set(flow.id, flow)
    else isCut ||= !flows.has(flow.id)
  }
  for (const credential of credentials) {
    const user = userOf(credential)
    if (user === undefined) continue
    const take = (flow: FlowRecord): void => {
      if (flow.postgresql?.user === user) add(credential, flow)
    }
    const list = (page: PageQuery) => store.flows({ ...window, ...page, search: user })
    isCut = (await readAll(list, controllerLimits.scopeRecords, take)) || isCut
  }
  if (credentials.some((credential) => userOf(credential) === undefined)) {
    const list = (page: PageQuery) => store.findings({ ...window, ...page })
    const take = ({ finding, flow }: FindingItem): void => {
      if (flow !== null) add(finding.hash, flow)
    }
    isCut = (await readAll(list, controllerLimits.scopeRecords, take)) || isCut
  }
  const found = [...uses].map(([credential, flows]) => ({ credential, flows: [...flows.values()] }))
  return { uses: found, isCut }
}

/** Whether an end of a connection has one of the addresses. */
export function touches(
  { client, server }: Pick<FlowRecord, 'client' | 'server'>,
  addresses: readonly string[],
): boolean {
  return addresses.includes(client.address) || addresses.includes(server.address)
}
