import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { Mode } from '../../policy/definition.ts'
import type { DataFlow, Party } from '../data-flow.ts'
import { controllerLimits } from '../limits.ts'
import { type DrawnMap, Drawing, type MapNode, place } from './drawn-map.ts'
import { folded, type Foldings } from './fold.ts'

/** What a map is drawn of. */
export interface MapSource {
  flows: readonly DataFlow[]
  /** That run. */
  workloads: readonly WorkloadState[]
  /** Whose workloads are told of; others are named as the other end of a flow only. Absent: all. */
  namespaces?: readonly string[] | undefined
  /** The learned group of a workload; undefined where it has none. */
  groupOf: (workload: string) => string | undefined
  /** The mode of a workload's group; undefined where it has none, or where whoever asks may not know it. */
  modeOf: (workload: string) => Mode | undefined
  quarantined: ReadonlySet<string>
}

/**
 * What runs and what goes between it: each namespace as one place, but for the one that is opened, whose groups are shown with
 * whomever they speak with.
 *
 * @param most places that it may have; of a kind of which there are too many, those that carry least become one
 */
export function networkMap(
  source: MapSource,
  opened: string | undefined,
  most: number = controllerLimits.mapNodes,
): DrawnMap {
  const drawing = new NetworkDrawing(source, opened)
  for (const state of source.workloads)
    if (source.namespaces?.includes(state.workload.namespace) ?? true) drawing.workload(state)
  for (const flow of source.flows) drawing.flow(flow)
  return folded(drawing, foldings, most)
}

/** What is folded first, and what it is called then. */
const foldings: Foldings = [
  ['server', 'further servers'],
  ['namespace', 'further namespaces'],
  ['group', 'further groups'],
]

/** Everything, as many places as there are. */
class NetworkDrawing extends Drawing {
  readonly #source: MapSource
  readonly #opened: string | undefined
  readonly #running: ReadonlyMap<string, WorkloadState>

  constructor(source: MapSource, opened: string | undefined) {
    super()
    this.#source = source
    this.#opened = opened
    this.#running = new Map(source.workloads.map((state) => [state.workload.id, state]))
  }

  workload(state: WorkloadState): void {
    const { id, namespace } = state.workload
    if (this.#opened !== undefined && namespace !== this.#opened) return
    const node = this.put(this.#placeOf(state))
    node.workloads++
    if (state.coverage !== 'seen') node.notSeen++
    if (this.#source.quarantined.has(id)) node.quarantined++
    const mode = this.#source.modeOf(id)
    if (mode !== undefined && !node.modes.includes(mode)) node.modes.push(mode)
  }

  flow(flow: DataFlow): void {
    const [from, to] = [this.#endOf(flow.client), this.#endOf(flow.server)]
    if (this.#opened !== undefined && from.kind !== 'group' && to.kind !== 'group') return
    this.line(from, to, flow)
  }

  #endOf({ kind, id, name }: Party): MapNode {
    if (kind === 'outside') return place('outside', 'outside', 'clients outside')
    if (kind === 'server')
      return this.#opened === undefined
        ? place('server', 'servers', 'servers outside')
        : place('server', `server ${id}`, name)
    const state = this.#running.get(id)
    return state === undefined ? place('stopped', 'stopped', 'workloads that stopped') : this.#placeOf(state)
  }

  #placeOf({ workload: { id, name, namespace } }: WorkloadState): MapNode {
    if (namespace !== this.#opened) return place('namespace', `namespace ${namespace}`, namespace, namespace)
    const group = this.#source.groupOf(id) ?? name
    return place('group', `group ${group}`, group, namespace)
  }
}
