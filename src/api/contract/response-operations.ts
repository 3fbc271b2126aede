import { type Static, Type } from 'typebox'
import { eventLevels, responseActions, responseEvents } from '../../model/response-words.ts'
import { type Operation, operation } from './operation.ts'

/** Response rules: what there is of them, and what came of them. They are changed as the rest of the policy, as YAML. */

const time = () => Type.String({ format: 'date-time' })
const count = (description: string) => Type.Integer({ minimum: 0, description })

const rule = Type.Object({
  id: Type.String(),
  event: Type.Enum(responseEvents),
  groups: Type.Array(Type.String(), { description: 'Empty: whatever group it is about.' }),
  conditions: Type.Array(Type.Object({ type: Type.String(), value: Type.String() })),
  actions: Type.Array(Type.Enum(responseActions)),
  webhooks: Type.Array(Type.String()),
  isDisabled: Type.Boolean(),
  comment: Type.Optional(Type.String()),
  source: Type.Optional(Type.String({ description: 'Where it is written.' })),
  matched: count('Events that it applied to, since the start.'),
  done: count('Its actions that were done.'),
  failed: count('Its actions that failed.'),
  heldBack: count('Its actions that were left out: the same was done a moment ago, or as much as may be.'),
})
export type ResponseRuleItem = Static<typeof rule>

const outcome = Type.Object({
  at: time(),
  rule: Type.String(),
  action: Type.Enum(responseActions),
  outcome: Type.Enum(['done', 'failed']),
  detail: Type.String({ description: 'What was done, or why it was not.' }),
  tookMs: Type.Number({ description: 'From the decision until it was done.' }),
  event: Type.Object({ name: Type.String(), level: Type.Enum(eventLevels), text: Type.String() }),
  workload: Type.Optional(Type.Object({ id: Type.String(), name: Type.String() })),
  record: Type.Optional(
    Type.Object(
      { type: Type.String(), id: Type.String() },
      { description: 'The record that told of what happened.' },
    ),
  ),
})
export type ResponseOutcomeItem = Static<typeof outcome>

const responses = Type.Object({
  rules: Type.Array(rule),
  outcomes: Type.Array(outcome, { description: 'The last, newest first.' }),
})
export type ResponseList = Static<typeof responses>

export const responseOperations = {
  responses: operation('Response rules, how often each acted, and what came of it', {
    id: 'responses',
    method: 'GET',
    path: '/api/v1/responses',
    access: 'policy:read',
    response: responses,
  }),
} satisfies Record<string, Operation>
