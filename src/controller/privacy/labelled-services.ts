import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { PersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { RuleDefinition } from '../../policy/definition.ts'
import type { DetectionChoices } from '../../policy/detection.ts'
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
  return [...byService].map(([id, members]) => {
    const said = members.map(({ workload }) => labelledAs(workload.labels, labels))
    return {
      id,
      owner: said.map(({ owner }) => owner).find((owner) => owner !== null) ?? null,
      purpose: said.map(({ purpose }) => purpose).find((purpose) => purpose !== null) ?? null,
      notInspected: members.map((state) => whyNotInspected(state, live)).find((why) => why !== null) ?? null,
      notDetected: whyNotDetected(live.definition.detection, labels),
      clearRules: clearRulesOf(members, live),
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

/** What is switched off is told of nowhere, whoever it is of. */
function whyNotDetected(
  { personalData = {} }: DetectionChoices = {},
  { detectors }: PersonalDataLabels,
): string | null {
  const off = Object.entries(personalData)
    .filter(([id, { on }]) => !on && (detectors?.includes(id) ?? true))
    .map(([id]) => id)
  if (off.length === 0) return null
  const shown = off.slice(0, 3).join(', ')
  const more = off.length > 3 ? ` and ${off.length - 3} more` : ''
  return `the policy switches off what looks for ${shown}${more}`
}

/**
 * Ids of rules that let a service send to others outside unencrypted: of all groups that it is in. What stands below a rule of theirs
 * that asks everything to others outside to be encrypted comes to nothing.
 */
function clearRulesOf(members: readonly WorkloadState[], live: LivePolicy): string[] {
  const peers = members.map(({ workload }) => live.peerOfWorkload(workload.id)).filter((peer) => peer >= 0)
  const groups = new Set(peers.flatMap((peer) => live.policy.groupsOfPeer(peer)))
  const own = live.policy.rankedRules.filter(({ from }) => groups.has(from))
  const guard = own.findIndex(asksForEncryption)
  return own
    .slice(0, guard < 0 ? own.length : guard)
    .filter((rule) => leavesInTheClear(rule, live))
    .map(({ id }) => id)
}

function asksForEncryption({ action, to, applications, ports, requirements }: RuleDefinition): boolean {
  const isOfAll = builtInKind(to) === 'external' && applications.length === 0 && ports === ''
  return isOfAll && action === 'allow' && requirements?.encryption !== undefined
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
