import type { Category } from '../../model/records.ts'

/** One end of what was observed. */
export interface ObservedParty {
  /** `outside`: clients that are no workload here, all of them one. */
  kind: 'workload' | 'server' | 'outside'
  /** Workload id, or name and port. */
  id: string
  name: string
  /** Of a workload. */
  service?: string
  namespace?: string
  labels?: Readonly<Record<string, string>>
}

/** Personal data of one kind that crossed, in one direction. */
export interface ObservedData {
  identifier: string
  category: Category
  direction: 'to-server' | 'to-client'
  count: number
  masked: string
  field: string
  /** In ms since 1970. */
  last: number
}

/** All flows from one party to another that speak the same protocol, encrypted or not. Times in ms since 1970. */
export interface ObservedFlow {
  client: ObservedParty
  server: ObservedParty
  application: string
  encrypted: boolean
  flows: number
  bytesToServer: number
  bytesToClient: number
  first: number
  last: number
  /** Of a server that is no workload: its addresses and the names that DNS gave them, as far as they are kept. */
  addresses: readonly string[]
  dnsNames: readonly string[]
  /** `TLSv1.3`, where it is encrypted so. */
  tlsVersions: readonly string[]
  /** The latest that carried personal data. */
  flowIds: readonly string[]
  carried: readonly ObservedData[]
  /** Whose data it is, as `SubjectSketch` texts; empty where nobody is told from others. */
  subjects: { toServer: string; toClient: string }
}
