import type { Controller } from '../../controller/controller.ts'
import { PolicyChangeError } from '../../controller/policy/policy-error.ts'
import { simulateStored } from '../../controller/policy/stored-simulation.ts'
import { isLearnedName } from '../../policy/groups/builtin.ts'
import type { PolicySettings } from '../../policy/composition.ts'
import { operations } from '../contract/operations.ts'
import { policyBodyBytes } from '../contract/policy-operations.ts'
import type {
  ApplyBody,
  ForgetBody,
  ModeBody,
  QuarantineBody,
  RuleEditsBody,
  SettingsBody,
  SimulationBody,
  UndoBody,
} from '../contract/policy-schemas.ts'
import { heldRoute } from '../listed-route.ts'
import type { Route } from '../route.ts'
import { authorOf } from './author.ts'
import { showResult } from './policy-result.ts'
import { window } from './listings.ts'

/** Changes of the policy, and trials of them. */
export function policyChangingRoutes(controller: Controller): Route[] {
  return [...contentRoutes(controller), ...modeRoutes(controller), ...quarantineRoutes(controller)]
}

function contentRoutes(controller: Controller): Route[] {
  const { policy, learning } = controller
  return [
    {
      operation: operations.applyPolicy,
      bodyBytes: policyBodyBytes,
      answer: async (call) => {
        const { files, only = false, dryRun = false, base } = call.body as ApplyBody
        return showResult(call, await policy.apply({ texts: files, only, dryRun, base, ...authorOf(call) }))
      },
    },
    {
      operation: operations.changePolicyRules,
      answer: async (call) => {
        const {
          dryRun = false,
          base,
          reason: _reason,
          onBehalfOf: _by,
          ...edits
        } = call.body as RuleEditsBody
        return showResult(call, await policy.edit({ edits, dryRun, base, ...authorOf(call) }))
      },
    },
    {
      operation: operations.undoPolicy,
      answer: async (call) => {
        const { to, dryRun = false } = call.body as UndoBody
        return showResult(call, await policy.undo({ to, dryRun, ...authorOf(call) }))
      },
    },
    {
      operation: operations.forgetLearned,
      answer: async (call) => {
        const { rules } = call.body as ForgetBody
        authorOf(call)
        call.audited.detail = { rules }
        const forgotten: string[] = []
        for (const id of rules) if (await learning.forget(id)) forgotten.push(id)
        return { type: 'forgotten', rules: forgotten }
      },
    },
    {
      operation: operations.simulatePolicy,
      bodyBytes: policyBodyBytes,
      answer: ({ body }) => simulate(controller, body as SimulationBody),
    },
  ]
}

function modeRoutes(controller: Controller): Route[] {
  const { policy } = controller
  return [
    {
      operation: operations.setPolicyMode,
      answer: async (call) => {
        const { name } = call.params as { name: string }
        requireKnown(controller, name)
        const { mode, profileMode } = call.body as ModeBody
        const given = { ...(mode && { network: mode }), ...(profileMode && { profile: profileMode }) }
        return showResult(call, await policy.setMode(name, given, authorOf(call)))
      },
    },
    {
      operation: operations.setPolicySettings,
      answer: async (call) => {
        const change = settingsOf(call.body as SettingsBody, policy.content.settings.promotion)
        return showResult(call, await policy.setSettings(change, authorOf(call)))
      },
    },
  ]
}

function quarantineRoutes(controller: Controller): Route[] {
  const { quarantine } = controller
  const workloads = () =>
    quarantine.workloads.map((each) => ({
      ...each,
      enforcedBy: controller.quarantinedBy(each.workload),
    }))
  const list = () => ({ items: workloads() })
  return [
    heldRoute(operations.quarantined, workloads),
    {
      operation: operations.quarantine,
      answer: async (call) => {
        const { workload } = call.body as QuarantineBody
        call.audited.target = workload
        if (!controller.workloads().some((state) => state.workload.id === workload))
          throw noWorkload(workload)
        await quarantine.add(workload, authorOf(call).reason)
        return list()
      },
    },
    {
      operation: operations.releaseFromQuarantine,
      answer: async ({ params, query, audited }) => {
        const { workload } = params as { workload: string }
        const { reason = '' } = query as { reason?: string }
        if (reason !== '') audited.reason = reason
        if (!(await quarantine.release(workload))) throw noWorkload(workload)
        return list()
      },
    },
  ]
}

/** A name that is mistyped would leave its group in a mode that nobody meant. @throws PolicyChangeError */
function requireKnown({ policy, groups }: Controller, name: string): void {
  const isKnown =
    groups.first(name) !== undefined || policy.definition.groups.some((group) => group.name === name)
  if (isKnown || !isLearnedName(name)) return // Of the others it is said whether they can have one.
  throw new PolicyChangeError(
    'POLICY_NO_GROUP',
    `There is no group ${JSON.stringify(name)}.`,
    'See pavise policy mode for those that there are.',
  )
}

function noWorkload(id: string): PolicyChangeError {
  return new PolicyChangeError(
    'POLICY_NO_WORKLOAD',
    `There is no workload ${JSON.stringify(id)} that this could be done with.`,
    'See /api/v1/workloads for those that run, /api/v1/quarantine for those that are cut off.',
  )
}

function settingsOf(body: SettingsBody, promotion: PolicySettings['promotion']): Partial<PolicySettings> {
  const { promoteDiscoverAfterMs: discover, promoteMonitorAfterMs: monitor } = body
  const { newServiceMode, newServiceProfileMode, strictGroupMode } = body
  const discoverMs = discover === undefined ? promotion.discoverMs : (discover ?? undefined)
  const monitorMs = monitor === undefined ? promotion.monitorMs : (monitor ?? undefined)
  return {
    ...(newServiceMode && { newServiceMode }),
    ...(newServiceProfileMode && { newServiceProfileMode }),
    ...(strictGroupMode !== undefined && { strictGroupMode }),
    promotion: {
      ...(discoverMs !== undefined && { discoverMs }),
      ...(monitorMs !== undefined && { monitorMs }),
    },
  }
}

/** Without files and edits the policy that holds is tried: what would be blocked if all groups were in Protect. */
async function simulate(
  { policy, store }: Controller,
  { files, only = false, rules = {}, without = [], since, until }: SimulationBody,
) {
  const { definition: candidate, warnings } = policy.candidate({
    texts: files ?? [],
    only: only && files !== undefined,
    edits: rules,
    without,
  })
  const asked = window({ since, ...(until !== undefined && { until }) })
  const simulated = { since: asked.since ?? 0, until: asked.until ?? Number.MAX_SAFE_INTEGER }
  const result = await simulateStored(store, { candidate, today: policy.definition }, simulated)
  const { denials, counts, unlisted, incomplete } = result
  return { type: 'simulation', ...counts, unlisted, incomplete, denials, warnings }
}
