import type { Controller } from '../../controller/controller.ts'
import type { ResponseRuleView } from '../../controller/responses/responses.ts'
import { apiLimits } from '../contract/limits.ts'
import { operations } from '../contract/operations.ts'
import type { ResponseRuleItem } from '../contract/response-operations.ts'
import type { Route } from '../route.ts'

/** What response rules there are, and what came of them. */
export function responseRoutes({ responses }: Controller): Route[] {
  return [
    {
      operation: operations.responses,
      answer: async () => ({
        rules: responses.rules().map(ruleItem),
        outcomes: await responses.outcomes(apiLimits.responseOutcomes),
      }),
    },
  ]
}

function ruleItem({ rule, ...counts }: ResponseRuleView): ResponseRuleItem {
  const { groups, conditions, actions, webhooks, ...rest } = rule
  return {
    ...{ ...rest, ...counts },
    groups: [...groups],
    conditions: conditions.map((each) => ({ ...each })),
    actions: [...actions],
    webhooks: [...webhooks],
  }
}
