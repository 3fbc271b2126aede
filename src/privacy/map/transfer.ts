import type { TransferFlag } from '../../model/difference-words.ts'
import type { ProcessorRole, TransferMechanism } from '../../model/processor.ts'
import type { Category } from '../../model/records.ts'

/** Who sends or receives: a service with all its workloads, somebody outside by name, or clients outside together. */
export interface PartyFacts {
  kind: 'workload' | 'server' | 'outside'
  /** The same over restarts: `clinic/api`, `lab.example:443`, `outside`. */
  id: string
  name: string
  service: string | null
  namespace: string | null
  labels: Readonly<Record<string, string>>
  /** Ids of workloads that were it, the latest last. */
  workloads: readonly string[]
  /** Of somebody outside that is asked; clients' addresses are personal data and are not kept. */
  addresses: readonly string[]
  dnsNames: readonly string[]
}

/** Personal data of one category that was sent. */
export interface TransferredCategory {
  category: Category
  identifiers: readonly string[]
  values: number
  /** The latest masked sample, and where it stood. */
  masked: string
  field: string
  last: number
}

/** What was seen to go from one party to another; it does not change with what is declared. Times in ms since 1970. */
export interface TransferFacts {
  id: string
  sender: PartyFacts
  recipient: PartyFacts
  /** Which of both was asked: it answers in what it sends, or is told in what it receives. */
  server: 'sender' | 'recipient'
  application: string
  encrypted: boolean
  tlsVersions: readonly string[]
  categories: readonly TransferredCategory[]
  /** Whose data it is (`SubjectSketch`). */
  subjects: string
  flows: number
  bytes: number
  first: number
  last: number
  /** The latest flows that it was seen in. */
  flowIds: readonly string[]
}

/** Where a party outside is, by its addresses or as it is declared. */
export interface PartyCountry {
  country: string
  from: 'addresses' | 'declaration'
  confidence: 'high' | 'medium' | 'low' | null
}

/** A party as it is shown: what was seen, and what is declared of it. */
export interface TransferParty extends Omit<PartyFacts, 'kind' | 'labels'> {
  /** `store`: a service that is asked in a database's protocol. `processor`: a declared partner, whatever its role. */
  kind: 'workload' | 'store' | 'processor' | 'external' | 'outside'
  processor: {
    name: string
    displayName: string
    role: ProcessorRole
    mechanism: TransferMechanism | null
  } | null
  /** The partner by whose name it was asked for, where nothing but the client said that it is the one. */
  resembles: { name: string; displayName: string } | null
  countries: readonly PartyCountry[]
  /** Labelled as one of personal data. */
  isMarked: boolean
  owner: string | null
  purpose: string | null
}

export interface Transfer extends Omit<TransferFacts, 'sender' | 'recipient' | 'subjects'> {
  sender: TransferParty
  recipient: TransferParty
  /** About how many persons' data it is. */
  persons: number
  /** `unreadable`: it is encrypted, and what it carries cannot be said. */
  contents: 'seen' | 'unreadable'
  flags: readonly TransferFlag[]
  /** Categories that the partner is not declared to receive. */
  beyond: readonly Category[]
  /** Countries for which no ground is declared, and those in which the partner is not declared to be. */
  groundless: readonly string[]
  elsewhere: readonly string[]
}
