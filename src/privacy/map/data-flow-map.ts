import type { PersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import { labelledAs } from './labelled.ts'
import type { PartyCountry, PartyFacts, Transfer, TransferFacts, TransferParty } from './transfer.ts'
import { type FlagQuestion, flagsOf } from './transfer-flags.ts'

/** What a map needs beside what was seen. */
export interface MapContext {
  /** Declared partners, by name. */
  processors: ReadonlyMap<string, ProcessorDefinition>
  /** Name of the partner that a party is; undefined where it is none that is declared. */
  processorOf: (party: PartyFacts) => string | undefined
  /** The partner by whose name a party was asked for, without anything to confirm that it is the one. */
  resembledBy: (party: PartyFacts) => string | undefined
  /** Null where it is not known. */
  countryOf: (address: string) => { country: string; confidence: 'high' | 'medium' | 'low' } | null
  labels: PersonalDataLabels
  /** In ms since 1970: what is adequate holds until a day. */
  now: number
  /** Persons in a `SubjectSketch`. */
  personsIn: (subjects: string) => number
}

/** Protocols of databases, queues and caches: who is asked in one keeps data. As applications are called in flows. */
const storeApplications = new Set([
  ...['PostgreSQL', 'MySQL', 'MSSQL', 'Oracle', 'VoltDB', 'MongoDB', 'CouchDB', 'Couchbase', 'Cassandra'],
  ...['ElasticSearch', 'Redis', 'Memcached', 'etcd', 'ZooKeeper', 'Kafka', 'RabbitMQ', 'ActiveMQ'],
])

/** What was seen, with what is declared of it and what stands out; the latest first. */
export function dataFlowMap(facts: readonly TransferFacts[], context: MapContext): Transfer[] {
  const asStores = facts.filter(({ application }) => storeApplications.has(application))
  const stores = new Set(asStores.map((each) => each[each.server].id))
  const handling = handlers(facts, context.labels)
  return facts.map((each) => shown(each, { context, handling, stores })).toSorted((a, b) => b.last - a.last)
}

interface Shown {
  context: MapContext
  handling: ReadonlySet<string>
  /** Ids of parties that are asked in a database's protocol. */
  stores: ReadonlySet<string>
}

function shown(facts: TransferFacts, { context, handling, stores }: Shown): Transfer {
  const { subjects, sender: from, recipient: to, ...rest } = facts
  const [sender, recipient] = [from, to].map((party) => partyOf(party, stores.has(party.id), context))
  const question: FlagQuestion = {
    ...{ facts, sender, recipient, handlesData: handling.has(from.id), now: context.now },
    processor: context.processors.get(recipient.processor?.name ?? ''),
  }
  return {
    ...{ ...rest, sender, recipient },
    persons: context.personsIn(subjects),
    contents: facts.categories.length > 0 ? 'seen' : 'unreadable',
    ...flagsOf(question),
  }
}

/** Parties that personal data was seen at, or that are labelled as such. */
function handlers(facts: readonly TransferFacts[], labels: PersonalDataLabels): Set<string> {
  const all = new Set<string>()
  for (const { sender, recipient, categories } of facts) {
    for (const party of [sender, recipient])
      if (categories.length > 0 || labelledAs(party.labels, labels).isMarked) all.add(party.id)
  }
  return all
}

function partyOf(facts: PartyFacts, isStore: boolean, context: MapContext): TransferParty {
  const { labels, kind, ...rest } = facts
  const processor = context.processors.get(context.processorOf(facts) ?? '')
  return {
    ...rest,
    kind: shownKind(kind, isStore, processor !== undefined),
    processor:
      processor === undefined
        ? null
        : {
            name: processor.name,
            displayName: processor.displayName,
            role: processor.role,
            mechanism: processor.transferMechanism ?? null,
          },
    resembles: processor === undefined ? resembled(facts, context) : null,
    countries: countriesOf(facts, processor, context),
    ...labelledAs(labels, context.labels),
  }
}

function resembled(facts: PartyFacts, { processors, resembledBy }: MapContext): TransferParty['resembles'] {
  const partner = processors.get(resembledBy(facts) ?? '')
  return partner === undefined ? null : { name: partner.name, displayName: partner.displayName }
}

function shownKind(kind: PartyFacts['kind'], isStore: boolean, isProcessor: boolean): TransferParty['kind'] {
  if (isProcessor) return 'processor'
  if (kind === 'workload') return isStore ? 'store' : 'workload'
  return kind === 'server' ? 'external' : 'outside'
}

/** By what was seen of its addresses, each country once; else as it is declared. */
function countriesOf(
  { addresses }: PartyFacts,
  processor: ProcessorDefinition | undefined,
  { countryOf }: MapContext,
): PartyCountry[] {
  const found = new Map<string, PartyCountry>()
  for (const address of addresses) {
    const known = countryOf(address)
    if (known === null || found.has(known.country)) continue
    found.set(known.country, { ...known, from: 'addresses' })
  }
  if (found.size === 0 && processor !== undefined)
    return [{ country: processor.country, from: 'declaration', confidence: null }]
  return [...found.values()]
}
