import type { Category, FlowRecord } from '../../../model/records.ts'
import { SubjectSketch } from '../../../personal-data/counting/subject-sketch.ts'
import type { ReachEdge } from '../../../privacy/reach.ts'

/** Connections from one end to another, while they are added up. */
interface Sum {
  edge: Omit<ReachEdge, 'categories' | 'persons' | 'applications'>
  applications: Set<string>
  categories: Set<Category>
  persons: SubjectSketch
}

/** Connections by their ends, each flow once. */
export class Connections {
  readonly #sums = new Map<string, Sum>()
  readonly #flows = new Map<string, Sum>()
  readonly #most: number
  /** There were more pairs of ends than are kept. */
  isCut = false

  /** @param most pairs of ends that are kept */
  constructor(most: number) {
    this.#most = most
  }

  /** @param from id of the end that began it @param to id of the other */
  add(from: string, to: string, flow: FlowRecord): void {
    if (this.#flows.has(flow.id)) return
    const sum = this.#sumOf(from, to, flow)
    if (sum === undefined) return
    this.#flows.set(flow.id, sum)
    const { edge } = sum
    edge.flows++
    edge.bytes += flow.bytesToServer + flow.bytesToClient
    edge.isEncrypted &&= flow.encrypted
    if (flow.start < edge.first) edge.first = flow.start
    if (flow.end > edge.last) edge.last = flow.end
    sum.applications.add(flow.application)
    const { toServer, toClient } = flow.dataSubjects?.sketches ?? {}
    for (const sketch of [toServer, toClient]) if (sketch !== undefined) sum.persons.merge(sketch)
  }

  /** Personal data was found on a flow. */
  carried(flow: string, category: Category): void {
    this.#flows.get(flow)?.categories.add(category)
  }

  /** Those that carried most first. */
  edges(): ReachEdge[] {
    return [...this.#sums.values()]
      .map(({ edge, applications, categories, persons }) => ({
        ...edge,
        applications: [...applications].toSorted(),
        categories: [...categories].toSorted(),
        persons: persons.estimate(),
      }))
      .toSorted((a, b) => b.persons - a.persons || b.flows - a.flows)
  }

  #sumOf(from: string, to: string, { start, end }: FlowRecord): Sum | undefined {
    const key = JSON.stringify([from, to])
    const known = this.#sums.get(key)
    if (known !== undefined) return known
    if (this.#sums.size >= this.#most) {
      this.isCut = true
      return undefined
    }
    const made: Sum = {
      edge: { from, to, isEncrypted: true, flows: 0, bytes: 0, first: start, last: end },
      ...{ applications: new Set(), categories: new Set(), persons: new SubjectSketch() },
    }
    this.#sums.set(key, made)
    return made
  }
}
