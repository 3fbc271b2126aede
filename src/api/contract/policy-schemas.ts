import { Type, type Static } from 'typebox'
import { categorySchema } from '../../model/record-schemas.ts'
import { apiLimits } from './limits.ts'

/** Policy as the API gives and takes it. */

const closed = { additionalProperties: false }
const time = () => Type.String({ format: 'date-time' })
const count = () => Type.Integer({ minimum: 0 })
const text = (maxLength: number) => Type.String({ maxLength })
const oneOf = <const Values extends string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: values }))
const nullable = <Schema extends ReturnType<typeof Type.String>>(schema: Schema) =>
  Type.Union([schema, Type.Null()])

export const policyMode = oneOf('Discover', 'Monitor', 'Protect')

const settings = {
  newServiceMode: policyMode,
  newServiceProfileMode: Type.Optional(policyMode),
  strictGroupMode: Type.Boolean({ description: 'Between two groups the most restrictive mode counts.' }),
}
const promotionTime = () => Type.Integer({ minimum: 60_000, maximum: 366 * 86_400_000 })

export const policyVersionItem = Type.Object({
  number: count(),
  at: time(),
  author: Type.String(),
  action: oneOf('apply', 'undo', 'mode', 'settings', 'promotion', 'rules'),
  reason: Type.String(),
  counts: Type.Object({ added: count(), removed: count(), changed: count() }),
})

export const policyChange = Type.Object({
  change: oneOf('added', 'removed', 'changed'),
  kind: Type.String({
    description: 'Of the object; `Rule`, `Mode`, `ProfileMode` or `Setting` for the others.',
  }),
  name: Type.String(),
  details: Type.Array(
    Type.Object({
      path: Type.String({ description: '`spec.ingress[web].ports`' }),
      before: Type.Optional(Type.Unknown()),
      after: Type.Optional(Type.Unknown()),
    }),
  ),
  moreDetails: count(),
})

export const policyProblem = Type.Object({
  severity: oneOf('error', 'warning'),
  place: Type.String({ description: '`file.yaml:12`' }),
  subject: Type.String(),
  problem: Type.String(),
  nextStep: Type.String(),
})

export const policyStatus = Type.Object({
  type: Type.Literal('policy'),
  version: count(),
  groups: count(),
  rules: count(),
  learnedRules: count(),
  settings: Type.Object({
    ...settings,
    promoteDiscoverAfterMs: Type.Optional(count()),
    promoteMonitorAfterMs: Type.Optional(count()),
  }),
  learning: Type.Object(
    { failed: count(), hostile: count(), scans: count(), crowded: count(), refused: count() },
    { description: 'Connections that nothing was learned from, by why, since the start.' },
  ),
  enforcers: Type.Array(
    Type.Object({
      enforcer: Type.String(),
      policyIsCurrent: Type.Boolean({ description: 'False as long as it goes by another policy.' }),
    }),
  ),
})

export const changeResult = Type.Object({
  type: Type.Literal('policy-change'),
  version: count(),
  changes: Type.Array(policyChange),
  warnings: Type.Array(policyProblem),
})

export const policyVersionDetail = Type.Object({
  ...policyVersionItem.properties,
  changes: Type.Array(policyChange),
})

const seenOften = { first: time(), last: time(), flows: count() }

export const policyRuleItem = Type.Object({
  id: Type.String(),
  order: Type.Integer({ minimum: 1, description: 'Place in the order in which rules are asked.' }),
  tier: oneOf('federal', 'yaml', 'user', 'learned'),
  priority: count(),
  from: Type.String(),
  to: Type.String(),
  applications: Type.Array(Type.String()),
  ports: Type.String(),
  action: oneOf('allow', 'deny'),
  requirements: Type.Optional(Type.Unknown()),
  source: Type.Optional(Type.String()),
  learned: Type.Optional(
    Type.Object({
      ...seenOften,
      seen: Type.Record(Type.String(), Type.Object(seenOften), {
        description: 'By application, or by port where that has no name.',
      }),
    }),
  ),
})

export const policyGroupItem = Type.Object({
  name: Type.String(),
  kind: oneOf('learned', 'built-in', 'custom', 'processor'),
  comment: Type.Optional(Type.String()),
  criteria: Type.Array(Type.Object({ key: Type.String(), op: Type.String(), value: Type.String() })),
  mode: Type.Union([policyMode, Type.Null()], { description: 'Null where it cannot have one.' }),
  profileMode: Type.Union([policyMode, Type.Null()]),
  modeFrom: oneOf('new-services', 'file', 'given'),
  modeSince: nullable(time()),
  members: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  rules: Type.Integer({ minimum: 0, description: 'That are from it or to it.' }),
  processes: Type.Array(
    Type.Object({
      action: oneOf('allow', 'deny'),
      name: Type.String({ description: 'Empty: any.' }),
      path: Type.String({ description: 'Empty: any.' }),
      user: Type.Optional(Type.String()),
      tier: oneOf('federal', 'yaml', 'user', 'learned'),
      learned: Type.Optional(Type.Object({ id: Type.String(), ...seenOften })),
    }),
    { description: 'Rules about its programs, in the order in which they are asked.' },
  ),
})

const reason = Type.Optional(text(apiLimits.reasonLength))
/** Over the socket of the command line only: who runs it. */
const onBehalfOf = Type.Optional(text(apiLimits.filterLength))
export const by = { reason, onBehalfOf }
const files = Type.Array(
  Type.Object({ name: text(apiLimits.pathLength), text: text(apiLimits.filesLength) }, closed),
  { maxItems: apiLimits.files },
)
const only = Type.Optional(Type.Boolean({ description: 'What is not in the files goes.' }))

export const applyBody = Type.Object(
  {
    files,
    only,
    dryRun: Type.Optional(Type.Boolean({ description: 'Say what would change, and change nothing.' })),
    base: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Refused where another version holds by now.' }),
    ),
    ...by,
  },
  closed,
)

/** What a rule of a user says. */
const givenRule = {
  from: text(apiLimits.filterLength),
  to: text(apiLimits.filterLength),
  action: oneOf('allow', 'deny'),
  applications: Type.Array(text(apiLimits.filterLength), {
    maxItems: apiLimits.ruleApplications,
    description: 'Empty: any.',
  }),
  ports: Type.String({ maxLength: apiLimits.filterLength, description: '`tcp/80, udp/53-60`; empty: any.' }),
  priority: Type.Integer({ minimum: 0, maximum: 100, description: 'Among rules of users, higher first.' }),
  requirements: Type.Optional(
    Type.Object(
      {
        encryption: Type.Optional(
          Type.Object(
            { minimumTlsVersion: Type.Optional(oneOf('TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3')) },
            closed,
          ),
        ),
        personalData: Type.Optional(
          Type.Union([
            Type.Object({ allowed: Type.Array(categorySchema) }, closed),
            Type.Object({ forbidden: Type.Array(categorySchema) }, closed),
          ]),
        ),
      },
      { ...closed, minProperties: 1, description: 'What a connection has to be to be allowed by it.' },
    ),
  ),
}
const ruleIds = (description: string) =>
  Type.Optional(Type.Array(text(apiLimits.ruleIdLength), { maxItems: apiLimits.editedRules, description }))
const ruleEdits = {
  add: Type.Optional(Type.Array(Type.Object(givenRule, closed), { maxItems: apiLimits.editedRules })),
  replace: Type.Optional(
    Type.Array(Type.Object({ id: text(apiLimits.ruleIdLength), ...givenRule }, closed), {
      maxItems: apiLimits.editedRules,
    }),
  ),
  remove: ruleIds('Ids of rules of users.'),
  promote: ruleIds('Ids of learned rules that become rules of users.'),
}

export const ruleEditsBody = Type.Object(
  {
    ...ruleEdits,
    dryRun: Type.Optional(Type.Boolean({ description: 'Say what would change, and change nothing.' })),
    base: Type.Optional(
      Type.Integer({ minimum: 0, description: 'Refused where another version holds by now.' }),
    ),
    ...by,
  },
  closed,
)
export const undoBody = Type.Object(
  {
    to: Type.Optional(Type.Integer({ minimum: 0, description: 'Version whose policy is brought back.' })),
    dryRun: Type.Optional(Type.Boolean()),
    ...by,
  },
  closed,
)
export const modeBody = Type.Object(
  { mode: Type.Optional(policyMode), profileMode: Type.Optional(policyMode), ...by },
  { ...closed, minProperties: 1 },
)
export const settingsBody = Type.Object(
  {
    newServiceMode: Type.Optional(policyMode),
    newServiceProfileMode: Type.Optional(policyMode),
    strictGroupMode: Type.Optional(Type.Boolean()),
    promoteDiscoverAfterMs: Type.Optional(Type.Union([promotionTime(), Type.Null()])),
    promoteMonitorAfterMs: Type.Optional(Type.Union([promotionTime(), Type.Null()])),
    ...by,
  },
  closed,
)
export const forgetBody = Type.Object(
  { rules: Type.Array(text(apiLimits.ruleIdLength), { minItems: 1, maxItems: 1000 }), ...by },
  closed,
)
export const simulationBody = Type.Object(
  {
    files: Type.Optional(files),
    only,
    rules: Type.Optional(Type.Object(ruleEdits, closed)),
    without: ruleIds('Ids of learned rules that are left out.'),
    since: Type.String({ format: 'date-time' }),
    until: Type.Optional(Type.String({ format: 'date-time' })),
  },
  closed,
)
export const quarantineBody = Type.Object({ workload: text(apiLimits.filterLength), ...by }, closed)

export const groupName = Type.Object({ name: text(apiLimits.filterLength) })
export const versionNumber = Type.Object({ number: Type.Integer({ minimum: 1 }) })
export const workloadId = Type.Object({ workload: text(apiLimits.filterLength) })

export const policyExport = Type.Object({
  type: Type.Literal('policy-export'),
  version: count(),
  yaml: Type.String({ description: 'Applies elsewhere as it is, here and in NeuVector.' }),
})
export const forgotten = Type.Object({ type: Type.Literal('forgotten'), rules: Type.Array(Type.String()) })

const explainedRule = Type.Object({
  rule: Type.Object({
    id: Type.String(),
    tier: oneOf('federal', 'yaml', 'user', 'learned'),
    from: Type.String(),
    to: Type.String(),
    action: oneOf('allow', 'deny'),
    source: Type.Optional(Type.String({ description: 'Where it is written, or who made it.' })),
  }),
  checks: Type.Array(
    Type.Object({
      criterion: Type.String(),
      wanted: Type.String(),
      seen: Type.String(),
      check: oneOf('met', 'unmet', 'pending'),
    }),
  ),
})
const explanation = Type.Object(
  {
    reason: Type.String(),
    decidedBy: Type.Optional(explainedRule),
    nearest: Type.Optional(explainedRule),
  },
  { description: 'Which rule decided, each criterion of it, and what comes nearest; it has more besides.' },
)
export const simulationResult = Type.Object({
  type: Type.Literal('simulation'),
  flows: count(),
  allowed: count(),
  denied: count(),
  undecided: count(),
  outside: count(),
  attempts: count(),
  blockedToday: count(),
  unlisted: count(),
  incomplete: Type.Boolean(),
  denials: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      transport: Type.String(),
      port: count(),
      application: Type.String(),
      ...seenOften,
      workloads: Type.Array(Type.String()),
      explanation,
    }),
  ),
  warnings: Type.Array(policyProblem),
})

export const quarantinedItem = Type.Object({
  workload: Type.String(),
  since: time(),
  reason: Type.String(),
  enforcedBy: Type.Array(Type.String(), {
    description: 'Enforcers that have said that nothing of it passes.',
  }),
})
export const quarantineList = Type.Object({ items: Type.Array(quarantinedItem) })

export type ApplyBody = Static<typeof applyBody>
export type RuleEditsBody = Static<typeof ruleEditsBody>
export type UndoBody = Static<typeof undoBody>
export type ModeBody = Static<typeof modeBody>
export type SettingsBody = Static<typeof settingsBody>
export type ForgetBody = Static<typeof forgetBody>
export type SimulationBody = Static<typeof simulationBody>
export type QuarantineBody = Static<typeof quarantineBody>
export type PolicyStatus = Static<typeof policyStatus>
export type PolicyGroup = Static<typeof policyGroupItem>
export type PolicyRule = Static<typeof policyRuleItem>
