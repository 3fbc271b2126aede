import type { Controller } from '../../controller/controller.ts'
import { type GroupView, groupViews, type RuleView, ruleViews } from '../../controller/policy/policy-views.ts'
import type { Evidence } from '../../policy/learning/evidence.ts'
import type { PolicyVersionItem } from '../../store/policy-store.ts'
import { operations } from '../contract/operations.ts'
import type { PolicyGroup, PolicyRule, PolicyStatus } from '../contract/policy-schemas.ts'
import type { PolicyGroupsQuery, PolicyRulesQuery, PagedQuery } from '../contract/queries.ts'
import { decodeCursor, encodeCursor } from '../cursor.ts'
import { heldPage } from '../held-page.ts'
import { listedRoute } from '../listed-route.ts'
import type { Route } from '../route.ts'

/** What the policy is and was. */
export function policyReadingRoutes(controller: Controller): Route[] {
  const { policy } = controller
  return [
    { operation: operations.policy, answer: () => statusOf(controller) },
    listedRoute(operations.policyGroups, async (query: PolicyGroupsQuery) => listGroups(controller, query)),
    listedRoute(operations.policyRules, async (query: PolicyRulesQuery) => listRules(controller, query)),
    listedRoute(operations.policyVersions, (query: PagedQuery) => listVersions(controller, query)),
    {
      operation: operations.policyVersion,
      answer: async ({ params }) => {
        const {
          content: _content,
          changes,
          ...item
        } = await policy.history.version((params as { number: number }).number)
        return { ...showVersion(item), changes }
      },
    },
    {
      operation: operations.policyExport,
      answer: async ({ query }) => {
        const { learned, version } = query as { learned: boolean; version?: number }
        return {
          type: 'policy-export',
          version: version ?? policy.history.number,
          yaml: await policy.export({ learned, version }),
        }
      },
    },
  ]
}

function statusOf(controller: Controller): PolicyStatus {
  const { policy, learning } = controller
  const { groups, rules } = policy.definition
  const { promotion, detection: _detection, ...settings } = policy.content.settings
  const { discoverMs, monitorMs } = promotion
  return {
    type: 'policy',
    version: policy.history.number,
    groups: groups.length,
    rules: rules.length,
    learnedRules: rules.filter(({ tier }) => tier === 'learned').length,
    settings: {
      ...settings,
      ...(discoverMs !== undefined && { promoteDiscoverAfterMs: discoverMs }),
      ...(monitorMs !== undefined && { promoteMonitorAfterMs: monitorMs }),
    },
    learning: learning.counters,
    enforcers: controller
      .enforcers()
      .flatMap(({ enforcer, policyIsCurrent }) =>
        policyIsCurrent === undefined ? [] : [{ enforcer, policyIsCurrent }],
      ),
  }
}

async function listVersions({ policy }: Controller, { limit, cursor }: PagedQuery) {
  const items = await policy.history.list({ limit: limit + 1, before: decodeCursor(cursor)?.at })
  const shown = items.slice(0, limit)
  const last = shown.at(-1)
  const next = items.length > limit && last !== undefined ? { at: last.number, id: '' } : null
  return { items: shown.map(showVersion), next: encodeCursor(next) }
}

function showVersion({ at, ...item }: PolicyVersionItem) {
  return { ...item, at: new Date(at).toISOString() }
}

function listGroups(controller: Controller, { name, workload, find, mode, ...query }: PolicyGroupsQuery) {
  const groups = groupViews(controller).filter(
    (group) =>
      (name === undefined || group.name === name) &&
      (workload === undefined || group.members.some(({ id }) => id === workload)) &&
      (mode === undefined || group.mode === mode) &&
      isFound(find, [group.name]),
  )
  return heldPage(groups, query, showGroup)
}

function listRules(controller: Controller, { tier, group, find, ...query }: PolicyRulesQuery) {
  const rules = ruleViews(controller).filter(
    ({ rule }) =>
      (tier === undefined || rule.tier === tier) &&
      (group === undefined || rule.from === group || rule.to === group) &&
      isFound(find, [rule.id, rule.from, rule.to, ...rule.applications]),
  )
  return heldPage(rules, query, showRule)
}

function isFound(find: string | undefined, texts: readonly string[]): boolean {
  if (find === undefined) return true
  const wanted = find.toLowerCase()
  return texts.some((text) => text.toLowerCase().includes(wanted))
}

function showGroup({ definition, modeSince, members, processes, ...group }: GroupView): PolicyGroup {
  const { criteria, comment } = definition
  return {
    ...group,
    ...(comment === undefined || comment === '' ? {} : { comment }),
    criteria: criteria.map((each) => ({ ...each })),
    modeSince: modeSince === null ? null : new Date(modeSince).toISOString(),
    members: members.map(({ id, name }) => ({ id, name })),
    processes: processes.map(({ rule: { action, name, path, user, tier = 'yaml' }, learned }) => ({
      ...{ action, name, path, tier },
      ...(user !== undefined && { user }),
      ...(learned && { learned: { id: learned.id, ...showEvidence(learned) } }),
    })),
  }
}

function showRule({ rule, order, learned }: RuleView): PolicyRule {
  const { applications, ...rest } = rule
  return {
    ...rest,
    order,
    applications: [...applications],
    ...(learned && {
      learned: {
        ...showEvidence(learned),
        seen: Object.fromEntries(
          Object.entries(learned.seen).map(([key, seen]) => [key, showEvidence(seen)]),
        ),
      },
    }),
  }
}

function showEvidence({ first, last, flows }: Evidence) {
  return { first: new Date(first).toISOString(), last: new Date(last).toISOString(), flows }
}
