import type { EnforcerStatus, PeerWorkload, WorkloadState } from '../model/enforcer-messages.ts'
import type { EnforcerSession, Hello } from './enforcer-session.ts'
import type { Workload } from '../model/workload.ts'
import { controllerLimits } from './limits.ts'
import type { Names } from './live-summary.ts'
import { WorkloadTable } from './workload-table.ts'

/** An enforcer that is or was connected since the controller began. */
export interface EnforcerView {
  enforcer: string
  run: string
  version: string
  connected: boolean
  /** When it connected, or, when it is not connected, since when. RFC 3339. */
  since: string
  status: EnforcerStatus | null
  /** Whether it goes by the policy that holds; absent where it has not said. */
  policyIsCurrent?: boolean
}

interface Known {
  hello: Hello
  session: EnforcerSession | null
  since: number
  status: EnforcerStatus | null
  table: WorkloadTable
}

const nobody: Names = { workload: () => undefined, resolve: () => null }

/** The enforcers and what runs on their nodes. */
export class EnforcerRegistry {
  readonly #known = new Map<string, Known>()

  /** Takes the place of an earlier connection of the same enforcer, which ends. */
  connect(session: EnforcerSession, hello: Hello, now: number): void {
    const known = this.#known.get(hello.enforcer)
    const table = known?.table ?? new WorkloadTable()
    this.#known.delete(hello.enforcer)
    this.#known.set(hello.enforcer, { hello, session, since: now, status: null, table })
    this.#forgetOldest()
    known?.session?.end('the enforcer has connected anew')
  }

  /** False when the session was not, or no longer, the one of its enforcer. */
  disconnect(session: EnforcerSession, now: number): boolean {
    const known = session.hello && this.#known.get(session.hello.enforcer)
    if (!known || known.session !== session) return false
    known.session = null
    known.since = now
    return true
  }

  /** Undefined where it is not connected. */
  sessionOf(enforcer: string): EnforcerSession | undefined {
    return this.#known.get(enforcer)?.session ?? undefined
  }

  setStatus(enforcer: string, status: EnforcerStatus): void {
    const known = this.#known.get(enforcer)
    if (known) known.status = status
  }

  /** The states that changed. */
  setWorkloads(enforcer: string, states: WorkloadState[], complete: boolean, at: string): WorkloadState[] {
    return this.#known.get(enforcer)?.table.apply(states, complete, at) ?? []
  }

  names(enforcer: string): Names {
    const table = this.#known.get(enforcer)?.table
    if (!table) return nobody
    return {
      workload: (id) => table.get(id)?.workload,
      resolve: (address) => table.resolve(address) ?? this.#podAt(address, table),
    }
  }

  /** What runs under an id; undefined where nothing does. */
  runningWorkload(id: string): WorkloadState | undefined {
    for (const { table } of this.#known.values()) {
      const state = table.get(id)
      if (state !== undefined && state.stoppedAt === undefined) return state
    }
    return undefined
  }

  /** Names of all that are known. */
  get enforcers(): string[] {
    return [...this.#known.keys()]
  }

  /** What runs on the node of an enforcer. */
  runningOn(enforcer: string): PeerWorkload[] {
    const states = [...(this.#known.get(enforcer)?.table.running() ?? [])]
    return states.map(({ workload }) => ({ node: enforcer, workload }))
  }

  running(): WorkloadState[] {
    return [...this.#known.values()].flatMap(({ table }) => [...table.running()])
  }

  /** Of several workloads of one node that have an address the first; of those of several nodes none, for nobody can tell. */
  namesByAddress(): Map<string, string> {
    const named = new Map<string, { name: string; node: string }>()
    for (const [node, { table }] of this.#known)
      for (const { workload } of table.running())
        for (const address of workload.addresses) {
          const known = named.get(address)
          if (known === undefined) named.set(address, { name: workload.name, node })
          else if (known.node !== node) known.name = ''
        }
    const names = [...named].map(([address, { name }]) => [address, name] as const)
    return new Map(names.filter(([, name]) => name !== ''))
  }

  /** @param isCurrentAt whether the enforcer of a session goes by the policy that holds */
  views(isCurrentAt: (session: EnforcerSession) => boolean | undefined): EnforcerView[] {
    const current = (session: EnforcerSession | null) => (session === null ? undefined : isCurrentAt(session))
    return Array.from(this.#known.values(), ({ hello, session, since, status }) => ({
      enforcer: hello.enforcer,
      run: hello.run,
      version: hello.version,
      connected: session !== null,
      since: new Date(since).toISOString(),
      status,
      ...(current(session) === undefined ? {} : { policyIsCurrent: current(session) === true }),
    }))
  }

  /** Workloads that were more than one enforcer may have. */
  refusedWorkloads(): number {
    let refused = 0
    for (const { table } of this.#known.values()) refused += table.refused
    return refused
  }

  /** Of another node; nobody where several say that they have it. */
  #podAt(address: string, own: WorkloadTable): Workload | null {
    const others = [...this.#known.values()].filter(({ table }) => table !== own)
    const pods = others.flatMap(({ table }) => table.podAt(address) ?? [])
    return pods.length === 1 ? pods[0] : null
  }

  #forgetOldest(): void {
    for (const [enforcer, { session }] of this.#known) {
      if (this.#known.size <= controllerLimits.enforcers) return
      if (session === null) this.#known.delete(enforcer)
    }
  }
}
