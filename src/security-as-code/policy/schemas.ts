import { type Static, Type } from 'typebox'
import { attackContexts } from '../../attacks/attack.ts'
import { admissionRequirements, labelRequirements } from '../../model/personal-data-labels.ts'
import { processorRoles, transferMechanisms } from '../../model/processor.ts'
import { categorySchema } from '../../model/record-schemas.ts'
import { groupResponse, type NvResponseRuleObject, type ResponseRuleObject } from './response-schemas.ts'

/* NeuVector's kinds as their CRDs of release 5.6 have them: what is not known is passed over, as Kubernetes prunes it. */

const oneOf = <const Values extends string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: values }))
const optionalText = () => Type.Optional(Type.String())
const optionalFlag = () => Type.Optional(Type.Boolean())
const optionalCount = () => Type.Optional(Type.Integer({ minimum: 0, maximum: 0xffff_ffff }))

const metadata = Type.Object({ name: Type.String({ minLength: 1 }), namespace: optionalText() })

const criterion = Type.Object({ key: Type.String(), op: Type.String(), value: Type.String() })

const selector = Type.Object({
  name: Type.String({ minLength: 1 }),
  comment: optionalText(),
  criteria: Type.Optional(Type.Array(criterion)),
  original_name: optionalText(),
  name_referral: optionalFlag(),
  mon_metric: optionalFlag(),
  grp_sess_cur: optionalCount(),
  grp_sess_rate: optionalCount(),
  grp_band_width: optionalCount(),
})

const networkRule = Type.Object({
  action: oneOf('allow', 'deny'),
  name: Type.String({ minLength: 1 }),
  selector,
  applications: Type.Optional(Type.Array(Type.String())),
  ports: optionalText(),
  priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
})

const processRule = Type.Object({
  action: oneOf('allow', 'deny'),
  name: optionalText(),
  path: optionalText(),
  allow_update: optionalFlag(),
})

const fileRule = Type.Object({
  filter: Type.String({ minLength: 1 }),
  behavior: oneOf('monitor_change', 'block_access'),
  recursive: optionalFlag(),
  app: Type.Optional(Type.Array(Type.String())),
})

const sensorSwitch = Type.Object({
  status: optionalFlag(),
  settings: Type.Optional(
    Type.Array(Type.Object({ name: Type.String({ minLength: 1 }), action: oneOf('allow', 'deny') })),
  ),
})

export const securityRuleSchema = Type.Object({
  apiVersion: Type.Literal('neuvector.com/v1'),
  kind: oneOf('NvSecurityRule', 'NvClusterSecurityRule'),
  metadata,
  spec: Type.Object({
    target: Type.Object({
      policymode: Type.Optional(oneOf('Discover', 'Monitor', 'Protect', 'N/A', '')),
      selector,
    }),
    ingress: Type.Optional(Type.Array(networkRule)),
    egress: Type.Optional(Type.Array(networkRule)),
    process: Type.Optional(Type.Array(processRule)),
    process_profile: Type.Optional(
      Type.Object({
        baseline: Type.Optional(oneOf('default', 'shield', 'basic', 'zero-drift')),
        mode: Type.Optional(oneOf('Discover', 'Monitor', 'Protect')),
      }),
    ),
    file: Type.Optional(Type.Array(fileRule)),
    response: Type.Optional(Type.Array(groupResponse)),
    dlp: Type.Optional(sensorSwitch),
    waf: Type.Optional(sensorSwitch),
  }),
})

export const groupDefinitionSchema = Type.Object({
  apiVersion: Type.Literal('neuvector.com/v1'),
  kind: oneOf('NvGroupDefinition'),
  metadata,
  spec: Type.Object({ selector }),
})

/* Ours. What is not known is refused: in files that are written for us it is a mistake. */

const closed = { additionalProperties: false }
const categories = () => Type.Array(categorySchema, { uniqueItems: true })
const ownMetadata = Type.Object({
  name: Type.String({ pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$', maxLength: 253 }),
})

export const egressRuleSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf('EgressRule'),
  metadata: ownMetadata,
  spec: Type.Object(
    {
      from: Type.String({ minLength: 1 }),
      toGroup: Type.Optional(Type.String({ minLength: 1 })),
      toProcessor: Type.Optional(Type.String({ minLength: 1 })),
      applications: Type.Optional(Type.Array(Type.String())),
      ports: optionalText(),
      priority: Type.Optional(Type.Integer({ minimum: 0, maximum: 100 })),
      encryption: Type.Optional(
        Type.Object(
          {
            required: Type.Literal(true),
            minimumTlsVersion: Type.Optional(oneOf('TLSv1.0', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3')),
          },
          closed,
        ),
      ),
      personalData: Type.Optional(
        Type.Object(
          {
            allowed: Type.Optional(categories()),
            forbidden: Type.Optional(categories()),
            declared: Type.Optional(Type.Literal(true)),
          },
          closed,
        ),
      ),
    },
    closed,
  ),
})

const country = () => Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' })
const transferMechanism = () => Type.Optional(oneOf(...transferMechanisms))
const texts = () => Type.Optional(Type.Array(Type.String({ minLength: 1 })))

export const processorSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf('Processor'),
  metadata: ownMetadata,
  spec: Type.Object(
    {
      name: Type.String({ minLength: 1 }),
      role: oneOf(...processorRoles),
      country: country(),
      contract: optionalText(),
      contractDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
      transferMechanism: transferMechanism(),
      transferReference: optionalText(),
      subProcessors: Type.Optional(
        Type.Array(
          Type.Object(
            {
              name: Type.String({ minLength: 1 }),
              country: country(),
              purpose: optionalText(),
              transferMechanism: transferMechanism(),
            },
            closed,
          ),
        ),
      ),
      purposes: texts(),
      securityMeasures: texts(),
      contact: optionalText(),
      categories: Type.Optional(categories()),
      addresses: Type.Optional(Type.Array(Type.String())),
      groups: Type.Optional(Type.Array(Type.String())),
    },
    closed,
  ),
})

const labelNames = () => Type.Optional(Type.Array(Type.String({ minLength: 1 })))

export const personalDataLabelsSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf('PersonalDataLabels'),
  metadata: ownMetadata,
  spec: Type.Object(
    {
      marks: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      owner: labelNames(),
      purpose: labelNames(),
      requires: Type.Optional(Type.Array(oneOf(...labelRequirements), { uniqueItems: true })),
      detectors: labelNames(),
      admission: Type.Optional(Type.Array(oneOf(...admissionRequirements), { uniqueItems: true })),
    },
    closed,
  ),
})

export const protectionSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf('Protection'),
  metadata: ownMetadata,
  spec: Type.Object(
    {
      groups: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      onFailure: Type.Optional(oneOf('open', 'closed')),
      inspection: Type.Optional(oneOf('content', 'application')),
      attacks: Type.Optional(oneOf('report', 'block')),
      strictness: Type.Optional(
        Type.Union([Type.Literal(1), Type.Literal(2), Type.Literal(3), Type.Literal(4)]),
      ),
      threats: Type.Optional(
        Type.Union([
          oneOf('report', 'block'),
          Type.Array(Type.Union([Type.String({ minLength: 1 }), Type.Integer()]), { minItems: 1 }),
        ]),
      ),
      thresholds: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
    },
    closed,
  ),
})

export const fileAccessSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf('FileAccess'),
  metadata: ownMetadata,
  spec: Type.Object(
    {
      groups: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      paths: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      recursive: Type.Optional(Type.Boolean()),
      applications: Type.Optional(Type.Array(Type.String())),
      action: oneOf('report', 'block'),
      categories: Type.Optional(categories()),
    },
    closed,
  ),
})

export const attackExceptionSchema = Type.Object({
  apiVersion: Type.Literal('pavise.dev/v1'),
  kind: oneOf('AttackException'),
  metadata: ownMetadata,
  spec: Type.Object(
    {
      rules: Type.Array(Type.String({ minLength: 1 }), { minItems: 1 }),
      place: Type.Optional(oneOf(...attackContexts)),
      path: Type.Optional(Type.String({ minLength: 1 })),
      parameter: Type.Optional(Type.String({ minLength: 1 })),
      groups: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
      owner: Type.String({ minLength: 1 }),
      until: Type.String({ minLength: 1 }),
      reason: Type.Optional(Type.String()),
    },
    closed,
  ),
})

export type SecurityRuleObject = Static<typeof securityRuleSchema>
export type GroupObject = Static<typeof groupDefinitionSchema>
export type EgressRuleObject = Static<typeof egressRuleSchema>
export type ProcessorObject = Static<typeof processorSchema>
export type PersonalDataLabelsObject = Static<typeof personalDataLabelsSchema>
export type ProtectionObject = Static<typeof protectionSchema>
export type FileAccessObject = Static<typeof fileAccessSchema>
export type AttackExceptionObject = Static<typeof attackExceptionSchema>
export type Selector = Static<typeof selector>
export type NetworkRule = Static<typeof networkRule>

/** An object of a policy in its kind's form: null left out, deprecated operators replaced. */
export type PolicyObject =
  | SecurityRuleObject
  | GroupObject
  | EgressRuleObject
  | ProcessorObject
  | PersonalDataLabelsObject
  | ProtectionObject
  | FileAccessObject
  | AttackExceptionObject
  | NvResponseRuleObject
  | ResponseRuleObject
