import { setImmediate } from 'node:timers/promises'
import type { WorkloadState } from '../../model/enforcer-messages.ts'
import type { PolicyDefinition } from '../../policy/definition.ts'
import type { LivePolicy } from '../../policy/live/live-policy.ts'
import type { StandingDifference } from '../../privacy/differences/difference.ts'
import type { AccountFact, ExceptionFact, NowFacts, WorkloadFact } from '../../report/assessment/facts.ts'
import type { Store } from '../../store/store.ts'
import type { Controller } from '../controller.ts'
import { controllerLimits } from '../limits.ts'
import { groupViews } from '../policy/policy-views.ts'

const dayMs = 24 * 60 * 60_000

/** What is known of now only. @param at in ms since 1970 */
export async function presentFacts(controller: Controller, at: number): Promise<NowFacts> {
  const { store, privacy, policy, ledger, retention } = controller
  const transfers = privacy.transfers()
  const differences = privacy.differences(transfers)
  const { nodes } = await store.nodes.list()
  const [oldest] = await ledger.entries({ from: 0, limit: 1 })
  return {
    ...{ at, transfers, differences, processors: privacy.processors() },
    groups: groupViews(controller).map(({ name, members, mode, profileMode, definition }) => ({
      ...{ name, members: members.length, mode, profileMode, files: definition.profile?.files.length ?? 0 },
    })),
    accounts: await accountFacts(store),
    workloads: controller.workloads().map((state) => workloadFact(state, policy.live)),
    exceptions: exceptionsOf(differences, policy.definition),
    responses: (policy.definition.responses ?? []).flatMap(({ id, isDisabled }) => (isDisabled ? [] : [id])),
    categoryRules: policy.definition.rules
      .filter(({ requirements }) => requirements?.personalData !== undefined)
      .map(({ id }) => id),
    admission: policy.definition.admission?.admission ?? [],
    nodes: nodes.map(({ id, name, certificate }) => ({ id, name, notAfter: certificate.notAfter })),
    captures: (controller.captures?.files() ?? []).map(({ file, about, at: last }) => ({
      ...{ id: file, at: last, workload: about.workload },
    })),
    oldestEntry: oldest === undefined ? null : Date.parse(oldest.header.time),
    brokenAudit: await firstBrokenAudit(store),
    keepEvidenceDays: Math.round(retention.evidenceMs / dayMs),
  }
}

async function accountFacts({ accounts, audit }: Store): Promise<AccountFact[]> {
  const open = (await accounts.list()).filter(({ disabled }) => !disabled)
  return Promise.all(
    open.map(async ({ id, name, grants, password, createdAt }) => ({
      ...{ id, createdAt, roles: [...new Set(grants.map(({ role }) => role))] },
      isStrong: password === null || (await accounts.passkeys(id)).length > 0,
      usedAt: (await audit.list({ actor: name, limit: 1 })).items[0]?.at ?? null,
    })),
  )
}

function workloadFact({ workload, coverage }: WorkloadState, live: LivePolicy): WorkloadFact {
  return {
    ...{ id: workload.id, name: workload.name, coverage, isSeen: coverage === 'seen' },
    ...handlingOf(live.policy, live.peerOfWorkload(workload.id)),
  }
}

function handlingOf(
  policy: LivePolicy['policy'],
  peer: number,
): Pick<WorkloadFact, 'isInspected' | 'attacks'> {
  if (peer < 0) return { isInspected: false, attacks: 'told' }
  const isCut = policy.attacksOf(peer) === 'block' && policy.modeOfPeer(peer) === 'Protect'
  return { isInspected: policy.inspectionOf(peer) === 'content', attacks: isCut ? 'cut' : 'told' }
}

/** Differences that somebody accepted, and rules that are no attack somewhere. */
function exceptionsOf(
  differences: readonly StandingDifference[],
  { attackExceptions = [] }: PolicyDefinition,
): ExceptionFact[] {
  const accepted = differences.flatMap(({ id, text, acceptance }) =>
    acceptance === null ? [] : [{ id, by: acceptance.by, until: acceptance.until, what: text }],
  )
  const rules = attackExceptions.map(({ name, owner, until, rules: of }) => ({
    ...{ id: name, by: owner, until: Date.parse(until) + dayMs, what: `no attack: ${of.join(', ')}` },
  }))
  return [...accepted, ...rules]
}

/** Step by step, so that the store has time for others in between. */
async function firstBrokenAudit({ audit }: Store): Promise<number | null> {
  for (let after = 0; ;) {
    const { checked, broken, last } = await audit.verify(after, controllerLimits.auditStep)
    if (broken !== null || checked === 0) return broken
    after = last
    await setImmediate()
  }
}
