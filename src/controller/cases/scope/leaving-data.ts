import type { FlowRecord } from '../../../model/records.ts'
import { SubjectSketch } from '../../../personal-data/counting/subject-sketch.ts'
import type { CaseScope, Recipient } from '../../../privacy/case.ts'
import type { FindingItem } from '../../../store/store.ts'

interface Seen {
  recipient: Omit<Recipient, 'persons' | 'flows'>
  flows: Set<string>
  persons: SubjectSketch
}

interface Names {
  /** Names of the workloads that are watched, by address. */
  names: ReadonlyMap<string, string>
  /** ISO 3166-1 alpha-2; null where it is not known. */
  countryOf: (address: string) => string | null
}

type Direction = FindingItem['finding']['direction']

/** Adds up findings that somebody got, each once. */
export class LeavingData {
  readonly #categories = new Map<
    string,
    { category: Recipient['categories'][number]; identifiers: Set<string>; values: number }
  >()
  readonly #recipients = new Map<string, Seen>()
  readonly #persons = new SubjectSketch()
  readonly #added = new Set<string>()
  readonly #names: Names

  constructor(names: Names) {
    this.#names = names
  }

  /** @param flow that it crossed */
  add(finding: FindingItem['finding'], flow: FlowRecord): void {
    if (this.#added.has(finding.recordId)) return
    this.#added.add(finding.recordId)
    this.#addCategory(finding.category, finding.identifier, finding.count)
    const seen = this.#recipientOf(finding.direction, flow)
    const { recipient } = seen
    if (!recipient.categories.includes(finding.category)) recipient.categories.push(finding.category)
    if (finding.first < recipient.first) recipient.first = finding.first
    if (finding.last > recipient.last) recipient.last = finding.last
    const key = `${flow.id} ${finding.direction}`
    if (seen.flows.has(key)) return
    seen.flows.add(key)
    const sketch = flow.dataSubjects?.sketches?.[finding.direction === 'to-server' ? 'toServer' : 'toClient']
    if (sketch === undefined) return
    seen.persons.merge(sketch)
    this.#persons.merge(sketch)
  }

  result(): Pick<CaseScope, 'categories' | 'recipients' | 'persons' | 'values'> {
    const categories = Array.from(this.#categories.values(), (each) => ({
      ...each,
      identifiers: [...each.identifiers].toSorted(),
    })).toSorted((a, b) => b.values - a.values)
    const recipients = Array.from(this.#recipients.values(), ({ recipient, flows, persons }) => ({
      ...recipient,
      flows: flows.size,
      persons: persons.estimate(),
    })).toSorted((a, b) => b.persons - a.persons)
    const values = categories.reduce((sum, each) => sum + each.values, 0)
    return { categories, recipients, persons: this.#persons.estimate(), values }
  }

  #addCategory(category: Recipient['categories'][number], identifier: string, count: number): void {
    const known = this.#categories.get(category) ?? { category, identifiers: new Set<string>(), values: 0 }
    known.identifiers.add(identifier)
    known.values += count
    this.#categories.set(category, known)
  }

  #recipientOf(direction: Direction, flow: FlowRecord): Seen {
    const { names, countryOf } = this.#names
    const end = direction === 'to-server' ? flow.server : flow.client
    const watched = names.get(end.address)
    const name = watched ?? (direction === 'to-server' ? flow.serverName : undefined) ?? end.address
    const key = `${name} ${flow.encrypted}`
    const known = this.#recipients.get(key)
    if (known !== undefined) return known
    const made: Seen = {
      recipient: {
        ...{ name, isExternal: watched === undefined, isEncrypted: flow.encrypted, categories: [] },
        country: watched === undefined ? countryOf(end.address) : null,
        ...{ first: flow.start, last: flow.end },
      },
      flows: new Set(),
      persons: new SubjectSketch(),
    }
    this.#recipients.set(key, made)
    return made
  }
}

/** From the end that is the workload's own to the other; what comes to it is not its loss. */
export function isLeaving(direction: Direction, { side }: FlowRecord): boolean {
  return direction === 'to-server' ? side === 'client' : side === 'server'
}

/** Address of whoever gets what goes in a direction. */
export function recipientAddress(direction: Direction, { client, server }: FlowRecord): string {
  return direction === 'to-server' ? server.address : client.address
}
