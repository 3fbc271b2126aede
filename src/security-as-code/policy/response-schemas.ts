import { type Static, Type } from 'typebox'
import { neuvectorActions, responseActions, responseEvents } from '../../model/response-words.ts'

const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: values }))
const conditions = () =>
  Type.Optional(Type.Array(Type.Object({ type: Type.String(), value: Type.String({ minLength: 1 }) })))
const names = () => Type.Optional(Type.Array(Type.String({ minLength: 1 })))

/* NeuVector's: what is not known is passed over. */

const neuvectorRule = {
  policy_name: oneOf(['default']),
  conditions: conditions(),
  actions: Type.Array(oneOf(neuvectorActions), { minItems: 1 }),
  webhooks: names(),
  comment: Type.Optional(Type.String()),
  disable: Type.Optional(Type.Boolean()),
}

/** Of a group, in its NvSecurityRule. */
export const groupResponse = Type.Object({
  ...neuvectorRule,
  event: oneOf(responseEvents.filter((event) => event !== 'admission-control')),
})

export const nvResponseRuleSchema = Type.Object({
  apiVersion: Type.Literal('neuvector.com/v1'),
  kind: oneOf(['NvResponseRuleSecurityRule']),
  metadata: Type.Object({
    name: Type.String({ minLength: 1 }),
    namespace: Type.Optional(Type.String()),
  }),
  spec: Type.Object({
    rule: Type.Object({
      ...neuvectorRule,
      event: oneOf(responseEvents),
      group: Type.Optional(Type.String()),
    }),
  }),
})

/** Ours: of some groups or of all, with the actions that NeuVector lacks. */
export const responseRuleSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf(['ResponseRule']),
  metadata: Type.Object({
    name: Type.String({ pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$', maxLength: 253 }),
  }),
  spec: Type.Object(
    {
      event: oneOf(responseEvents),
      groups: names(),
      conditions: conditions(),
      actions: Type.Array(oneOf(responseActions), { minItems: 1, uniqueItems: true }),
      webhooks: names(),
      comment: Type.Optional(Type.String()),
      disabled: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
})

export type NvResponseRuleObject = Static<typeof nvResponseRuleSchema>
export type ResponseRuleObject = Static<typeof responseRuleSchema>
