import type { Category } from '../../model/records.ts'
import type { PolicyDefinition } from '../../policy/definition.ts'
import { Policy } from '../../policy/policy.ts'
import { Simulation, type SimulatedDenial, type SimulationCounts } from '../../policy/simulation.ts'
import type { Store } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import { readAll } from '../read-all.ts'
import { readSeenWorkloads } from './seen-workloads.ts'

/** Times in ms since 1970. */
export interface SimulationWindow {
  since: number
  until: number
}

export interface SimulationResult {
  denials: SimulatedDenial[]
  counts: SimulationCounts
  unlisted: number
  /** There were more flows, findings or workloads than a simulation reads: the oldest are not in it. */
  incomplete: boolean
}

/** Holds the flows that are stored against a policy; what the one that holds today blocks already is counted apart. */
export async function simulateStored(
  store: Store,
  { candidate, today }: { candidate: PolicyDefinition; today: PolicyDefinition },
  window: SimulationWindow,
): Promise<SimulationResult> {
  const { workloads, isCut } = await readSeenWorkloads(store)
  const simulation = new Simulation(new Policy(candidate), {
    find: workloads.find,
    today: new Policy(today),
    ignoreAttempts: true,
  })
  const categories = new Map<string, Set<Category>>()
  const cut = [
    isCut,
    await readAll(
      (query) => store.findings({ ...query, ...window }),
      controllerLimits.simulatedFindings,
      ({ finding: { flow = '', category } }) => remember(categories, flow, category),
    ),
    await readAll(
      (query) => store.flows({ ...query, ...window }),
      controllerLimits.simulatedFlows,
      (record) => {
        if (record.side === 'transit' || workloads.isSecondSight(record)) return
        simulation.flow({
          record,
          findings: [...(categories.get(record.id) ?? [])].map((category) => ({ category })),
          isPartial: record.state === 'midstream',
          serverNames: record.dnsName === undefined ? [] : [record.dnsName],
        })
      },
    ),
  ]
  const { denials, counts, unlisted } = simulation
  return { denials, counts, unlisted, incomplete: cut.includes(true) }
}

function remember(categories: Map<string, Set<Category>>, flow: string, category: Category): void {
  const known = categories.get(flow)
  if (known === undefined) categories.set(flow, new Set([category]))
  else known.add(category)
}
