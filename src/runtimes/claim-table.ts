import { isDeepStrictEqual } from 'node:util'
import type { RuntimeName, Workload, WorkloadEvent } from '../model/workload.ts'

type Told = Exclude<WorkloadEvent, { kind: 'runtime' }>

/** Which engine's word counts where several see the same container: the one that people gave it to. */
const precedence: readonly RuntimeName[] = ['docker', 'podman', 'containerd', 'netns']

/**
 * Who says what of which workload, and what of it is announced: a container once, though Docker's are containerd's too;
 * a bare namespace only while no engine has a container in it.
 */
export class ClaimTable {
  readonly announced = new Map<string, Workload>()
  readonly #claims = new Map<string, Workload>()
  readonly #byContainer = new Index()
  readonly #byNamespace = new Index()

  /** What is to be announced after an engine said something: what has started before what has stopped. */
  take(runtime: RuntimeName, event: Told): Told[] {
    const id = event.kind === 'started' ? event.workload.id : event.id
    const before = this.#claims.get(id)
    if (event.kind === 'started') this.#claim(id, event.workload)
    else this.#drop(id)
    const touched = new Set([
      id,
      ...this.#related(runtime, before),
      ...this.#related(runtime, this.#claims.get(id)),
    ])
    const told = [...touched].flatMap((each) => this.#settle(each, event.at))
    // Whoever taps the namespace goes on tapping it when a container takes it over.
    return told.sort((a, b) => Number(a.kind === 'stopped') - Number(b.kind === 'stopped'))
  }

  #claim(id: string, workload: Workload): void {
    this.#drop(id)
    this.#claims.set(id, workload)
    this.#byContainer.add(containerOf(workload), id)
    this.#byNamespace.add(namespaceOf(workload), id)
  }

  #drop(id: string): void {
    const workload = this.#claims.get(id)
    if (workload === undefined) return
    this.#claims.delete(id)
    this.#byContainer.remove(containerOf(workload), id)
    this.#byNamespace.remove(namespaceOf(workload), id)
  }

  /** Claims whose announcement depends on this one. */
  #related(runtime: RuntimeName, workload: Workload | undefined): Iterable<string> {
    if (workload === undefined || runtime === 'netns') return []
    const inNamespace = this.#byNamespace.get(namespaceOf(workload)).values()
    const bare = inNamespace.filter((id) => this.#claims.get(id)?.runtime === 'netns')
    return [...this.#byContainer.get(containerOf(workload)), ...bare]
  }

  #settle(id: string, at: number): Told[] {
    const claim = this.#claims.get(id)
    const announced = this.announced.get(id)
    if (claim !== undefined && this.#counts(claim)) {
      if (isDeepStrictEqual(claim, announced)) return []
      this.announced.set(id, claim)
      return [{ kind: 'started', workload: claim, at }]
    }
    return this.announced.delete(id) ? [{ kind: 'stopped', id, at }] : []
  }

  #counts(claim: Workload): boolean {
    const rivals =
      claim.runtime === 'netns'
        ? this.#byNamespace.get(namespaceOf(claim))
        : this.#byContainer.get(containerOf(claim))
    const rank = precedence.indexOf(claim.runtime)
    return !rivals.values().some((id) => precedence.indexOf(this.#claims.get(id)?.runtime ?? 'netns') < rank)
  }
}

/** Ids by what they have in common. */
class Index {
  readonly #ids = new Map<string, Set<string>>()

  get(key: string): ReadonlySet<string> {
    return this.#ids.get(key) ?? none
  }

  add(key: string, id: string): void {
    const ids = this.#ids.get(key)
    if (ids === undefined) this.#ids.set(key, new Set([id]))
    else ids.add(id)
  }

  remove(key: string, id: string): void {
    const ids = this.#ids.get(key)
    if (ids?.delete(id) === true && ids.size === 0) this.#ids.delete(key)
  }
}

const none: ReadonlySet<string> = new Set()

/** The id without its engine: the same container has the same in each. */
function containerOf({ id, runtime }: Workload): string {
  return runtime === 'netns' ? id : id.slice(id.indexOf(':') + 1)
}

/** Unknown namespaces have nothing in common. */
function namespaceOf({ id, netns }: Workload): string {
  return netns === null ? id : String(netns)
}
