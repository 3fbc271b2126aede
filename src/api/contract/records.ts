import { Type } from 'typebox'
import {
  coverageSchema,
  endpointSchema,
  enforcerStatusSchema,
  fileSchema,
  flowSchema,
  personalDataSchema,
  processSchema,
  attackSchema,
  threatSchema,
  violationSchema,
  workloadStateSchema,
} from '../../model/record-schemas.ts'

/** What the API gives, item by item. Fields may be added in any version; none is changed or taken away within `v1`. */

const recordId = Type.String({ description: 'The same each time that this record comes again, grown.' })
const nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()])
const time = () => Type.String({ format: 'date-time' })
const count = () => Type.Integer({ minimum: 0 })

export const flowItem = Type.Object({ ...flowSchema.properties, recordId })

/** What a finding needs to be understood, of the flow that it crossed. */
export const connection = Type.Object({
  transport: flowSchema.properties.transport,
  client: endpointSchema,
  server: endpointSchema,
  serverName: flowSchema.properties.serverName,
  application: flowSchema.properties.application,
  encrypted: flowSchema.properties.encrypted,
  side: flowSchema.properties.side,
})

export const findingItem = Type.Object({
  ...personalDataSchema.properties,
  recordId,
  workload: Type.String({ description: 'Workload in whose namespace it was seen.' }),
  connection: Type.Optional(
    Type.Union([connection, Type.Null()], {
      description: 'Null when its flow is not stored; absent in events.',
    }),
  ),
})

export const violationItem = Type.Object({ ...violationSchema.properties, recordId })

export const attackItem = Type.Object({ ...attackSchema.properties, recordId })

export const threatItem = Type.Object({ ...threatSchema.properties, recordId })

export const coverageItem = Type.Object({ ...coverageSchema.properties, recordId })

export const processItem = Type.Object({ ...processSchema.properties, recordId })

export const fileItem = Type.Object({ ...fileSchema.properties, recordId })

export const workloadItem = Type.Object({
  type: Type.Literal('workload'),
  enforcer: Type.String({ description: 'Name of the enforcer on whose node it runs.' }),
  ...workloadStateSchema.properties,
})

export const enforcerItem = Type.Object({
  enforcer: Type.String(),
  run: Type.String(),
  version: Type.String(),
  connected: Type.Boolean(),
  since: time(),
  status: Type.Union([enforcerStatusSchema, Type.Null()]),
  policyIsCurrent: Type.Optional(Type.Boolean({ description: 'Whether it goes by the policy that holds.' })),
})

export const status = Type.Object({
  type: Type.Literal('status'),
  version: Type.String(),
  startedAt: time(),
  now: time(),
  enforcers: Type.Array(enforcerItem),
  workloads: Type.Object({
    running: count(),
    seen: count(),
    /** Named, never only counted: a gap nobody knows of is the worst kind. */
    notSeen: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Type.String(),
        coverage: workloadStateSchema.properties.coverage,
        detail: Type.Optional(Type.String()),
      }),
    ),
  }),
  store: Type.Object({
    usedBytes: count(),
    maxBytes: count(),
    oldestFlow: nullable(time()),
    oldestFinding: nullable(time()),
    retentionMs: Type.Object({ flows: count(), findings: count(), coverage: count(), evidence: count() }),
  }),
  limitsReached: Type.Object(
    {
      recordsRejected: count(),
      workloadsRefused: count(),
      findingsUnattributed: count(),
      dataFlowsForgotten: count(),
    },
    { description: 'How often something went past a bound since the start.' },
  ),
  subscribers: count(),
})

const party = Type.Object({
  kind: Type.String({
    description: '`workload`, `server`, or `outside` for all clients that are no workload here.',
  }),
  id: Type.String(),
  name: Type.String(),
  namespace: nullable(Type.String()),
  service: Type.Optional(Type.String({ description: 'Of a workload.' })),
})

/** All flows from one party to another that speak the same protocol, encrypted or not. */
export const dataFlowItem = Type.Object({
  type: Type.Literal('data-flow'),
  key: Type.String({ description: 'The same for the same data flow each time.' }),
  client: party,
  server: party,
  application: Type.String(),
  encrypted: Type.Boolean(),
  flows: count(),
  bytesToServer: count(),
  bytesToClient: count(),
  first: time(),
  last: time(),
  dataSubjects: Type.Integer({
    minimum: 0,
    description: 'About how many persons’ data it carried, each counted once over all its flows.',
  }),
  carried: Type.Array(
    Type.Object({
      identifier: Type.String(),
      category: personalDataSchema.properties.category,
      direction: personalDataSchema.properties.direction,
      count: count(),
      distinct: Type.Integer({ minimum: 0, description: 'At least so many different values.' }),
      masked: Type.String({ description: 'The latest sample, masked.' }),
      field: Type.String({ description: 'Where that stood.' }),
      last: time(),
    }),
  ),
})

const mapNode = Type.Object({
  id: Type.String(),
  kind: Type.Unsafe<'namespace' | 'group' | 'workload' | 'stopped' | 'server' | 'outside'>(
    Type.String({ enum: ['namespace', 'group', 'workload', 'stopped', 'server', 'outside'] }),
  ),
  name: Type.String({ description: 'Of the namespace, the group, the workload, or the server.' }),
  namespace: nullable(Type.String()),
  workloads: Type.Integer({ minimum: 0, description: 'That run in it.' }),
  notSeen: count(),
  quarantined: count(),
  modes: Type.Array(Type.String(), { description: 'Of its groups; none without `policy:read`.' }),
  stands: Type.Integer({ minimum: 1, description: 'How many of its kind are drawn as this one.' }),
})

const mapEdge = Type.Object({
  from: Type.String(),
  to: Type.String(),
  transport: Type.Unsafe<'clear' | 'encrypted' | 'loopback'>(
    Type.String({ enum: ['clear', 'encrypted', 'loopback'] }),
  ),
  applications: Type.Array(Type.String()),
  flows: count(),
  bytes: count(),
  last: time(),
  carried: Type.Array(
    Type.Object({
      category: personalDataSchema.properties.category,
      count: Type.Integer({ minimum: 1, description: 'Values of personal data.' }),
    }),
  ),
  dataFlows: Type.Array(Type.String(), {
    description: 'Keys of data flows that it is made of, the first few.',
  }),
  parts: Type.Array(
    Type.Object({
      key: Type.String(),
      client: Type.String(),
      server: Type.String(),
      application: Type.String(),
    }),
    { description: 'The same data flows, as people name them.' },
  ),
})

const drawnMap = {
  nodes: Type.Array(mapNode),
  edges: Type.Array(mapEdge),
  folded: Type.Integer({
    minimum: 0,
    description: 'Places that are drawn as one of their kind, because there are too many.',
  }),
}

/** Who sends what to whom, in as many places as people can read. */
export const dataFlowMap = Type.Object({ type: Type.Literal('data-flow-map'), ...drawnMap })

/** What runs and what goes between it, in as many places as people can read. */
export const networkMap = Type.Object({
  type: Type.Literal('network-map'),
  namespace: nullable(Type.String()),
  namespaces: Type.Array(Type.String(), { description: 'In which something runs.' }),
  ...drawnMap,
})

export const health = Type.Object({ status: Type.String(), detail: Type.Optional(Type.String()) })

/** RFC 9457, with the next step for whoever reads it, and each parameter that was wrong. */
export const problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  nextStep: Type.Optional(Type.String()),
  errors: Type.Optional(
    Type.Array(
      Type.Object({
        parameter: Type.String(),
        detail: Type.String(),
        nextStep: Type.Optional(Type.String()),
      }),
    ),
  ),
})
