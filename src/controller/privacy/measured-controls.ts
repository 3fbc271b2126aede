import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { MeasuredControls } from '../../privacy/documents/document.ts'
import type { Retention } from '../../store/store.ts'
import type { ControllerPolicy } from '../policy/controller-policy.ts'

interface ControlSources {
  workloads: readonly WorkloadState[]
  policy: ControllerPolicy
  retention: Retention
  evidenceEntries: number
  quarantined: number
}

const dayMs = 24 * 60 * 60_000

/** What is in force now, counted. */
export function measuredControls({
  workloads,
  policy,
  retention,
  ...counts
}: ControlSources): MeasuredControls {
  const { live, definition } = policy
  const modes = { Discover: 0, Monitor: 0, Protect: 0 }
  for (const { workload } of workloads) {
    const peer = live.peerOfWorkload(workload.id)
    const mode = peer < 0 ? undefined : live.policy.modeOfPeer(peer)
    if (mode !== undefined) modes[mode]++
  }
  const notSeen = workloads.filter(({ coverage }) => coverage !== 'seen' && coverage !== 'starting')
  const learned = definition.rules.filter(({ tier }) => tier === 'learned').length
  const days = (ms: number) => Math.round(ms / dayMs)
  return {
    workloads: {
      running: workloads.length,
      seen: workloads.filter(({ coverage }) => coverage === 'seen').length,
      notSeen: notSeen.map(({ workload, coverage, detail }) => ({
        name: `${workload.namespace}/${workload.name}`,
        why: detail ?? coverage,
      })),
    },
    modes,
    rules: {
      written: definition.rules.length - learned,
      learned,
      askingForEncryption: definition.rules.filter(
        ({ requirements }) => requirements?.encryption !== undefined,
      ).length,
    },
    policyVersion: policy.history.number,
    retentionDays: {
      flows: days(retention.flowsMs),
      findings: days(retention.findingsMs),
      evidence: days(retention.evidenceMs),
    },
    ...counts,
  }
}
