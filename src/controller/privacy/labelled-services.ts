import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { PersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { RuleDefinition } from '../../policy/definition.ts'
import { builtInKind } from '../../policy/groups/builtin.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import { processorOfGroup } from '../../policy/processors.ts'
import type { LabelledService } from '../../privacy/differences/labelled-differences.ts'
import { labelledAs } from '../../privacy/map/labelled.ts'

/** Services that are labelled as ones of personal data, each once, and what is done for them. */
export function labelledServices(
  states: readonly WorkloadState[],
  live: LivePolicy,
  labels: PersonalDataLabels,
): LabelledService[] {
  const byService = Map.groupBy(
    states.filter(({ workload }) => labelledAs(workload.labels, labels).isMarked),
    ({ workload: { namespace, service } }) => `${namespace}/${service}`,
  )
  const rules = Map.groupBy(live.definition.rules, ({ from }) => from)
  return [...byService].map(([id, members]) => {
    const said = members.map(({ workload }) => labelledAs(workload.labels, labels))
    const group = live.groupOf(members[0].workload.id)
    return {
      id,
      owner: said.map(({ owner }) => owner).find((owner) => owner !== null) ?? null,
      purpose: said.map(({ purpose }) => purpose).find((purpose) => purpose !== null) ?? null,
      notInspected: members.map((state) => whyNotInspected(state, live)).find((why) => why !== null) ?? null,
      clearRules: (rules.get(group ?? '') ?? [])
        .filter((rule) => leavesInTheClear(rule, live))
        .map(({ id }) => id),
    }
  })
}

function whyNotInspected(
  { workload, coverage, detail }: WorkloadState,
  { policy }: LivePolicy,
): string | null {
  if (coverage !== 'seen' && coverage !== 'starting') return detail ?? coverage
  const peer = policy.peerOfSubject(workload.id)
  if (peer < 0 || policy.inspectionOf(peer) === 'content') return null
  return 'a Protection says that its applications are told and nothing more'
}

/** Whether a rule lets connections out to others outside, and does not ask for encryption. */
function leavesInTheClear(
  { action, to, requirements, tier }: RuleDefinition,
  { policy }: LivePolicy,
): boolean {
  // What was learned allows nothing that anybody decided: it is told by the flows themselves.
  if (action !== 'allow' || tier === 'learned' || requirements?.encryption !== undefined) return false
  return builtInKind(to) === 'external' || processorOfGroup(to) !== undefined || policy.isByAddress(to)
}
