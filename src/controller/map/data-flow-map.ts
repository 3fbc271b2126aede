import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { Mode } from '../../policy/definition.ts'
import type { DataFlow, Party } from '../data-flow.ts'
import { controllerLimits } from '../limits.ts'
import { type DrawnMap, Drawing, type MapNode, place } from './drawn-map.ts'
import { folded, type Foldings } from './fold.ts'

/** What is known of the ends of data flows. */
export interface PartySource {
  /** One that runs; undefined for others. */
  running: (workload: string) => WorkloadState | undefined
  /** As of the network's map. */
  modeOf: (workload: string) => Mode | undefined
  quarantined: ReadonlySet<string>
}

/** What is folded first: what has gone, then what is not here. */
const foldings: Foldings = [
  ['stopped', 'further workloads that stopped'],
  ['server', 'further servers'],
  ['workload', 'further workloads'],
]

/**
 * Workloads and servers, each a place of its own, and what goes between them.
 *
 * @param flows the worst first: of a line the first few are named
 * @param most places that it may have
 */
export function dataFlowMap(
  flows: readonly DataFlow[],
  source: PartySource,
  most: number = controllerLimits.mapNodes,
): DrawnMap {
  const drawing = new Drawing()
  for (const flow of flows) drawing.line(placeOf(flow.client, source), placeOf(flow.server, source), flow)
  return folded(drawing, foldings, most)
}

function placeOf({ kind, id, name }: Party, { running, modeOf, quarantined }: PartySource): MapNode {
  if (kind === 'outside') return place('outside', 'outside', 'clients outside')
  if (kind === 'server') return place('server', `server ${id}`, name)
  const state = running(id)
  if (state === undefined) return place('stopped', `workload ${id}`, name)
  const mode = modeOf(id)
  return {
    ...place('workload', `workload ${id}`, name, state.workload.namespace),
    workloads: 1,
    notSeen: state.coverage === 'seen' ? 0 : 1,
    quarantined: quarantined.has(id) ? 1 : 0,
    modes: mode === undefined ? [] : [mode],
  }
}
