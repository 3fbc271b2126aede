import { Type, type TSchema } from 'typebox'
import type { Transport } from './records.ts'

/**
 * The records of `records.ts` as JSON Schema: what the controller checks on the wire and what the API promises. Each
 * is held against its type in the test beside, so that the two cannot part.
 */

const count = () => Type.Integer({ minimum: 0 })
/** RFC 3339 in UTC with milliseconds. Fixed length, so that the check is one look at 24 characters. */
const time = () =>
  Type.String({ format: 'date-time', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' })
const names = () => Type.Array(Type.String())
const counts = () => Type.Record(Type.String(), count())
const oneOf = <const Values extends string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: values }))
const transport = () =>
  Type.Unsafe<Transport>(Type.String({ pattern: '^(tcp|udp|icmp|icmp6|sctp|ip-\\d{1,3})$' }))
const optional = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema)

export const endpointSchema = Type.Object({
  address: Type.String({ description: 'IPv4 dotted or IPv6 in RFC 5952 form.' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, description: '0 where the transport has no ports.' }),
})

export const certificateSchema = Type.Object({
  subject: Type.String(),
  issuer: Type.String(),
  names: names(),
  notBefore: Type.String(),
  notAfter: Type.String(),
  key: Type.String(),
  fingerprint: Type.String({ description: 'SHA-256 of the DER, lower-case hexadecimal.' }),
  selfSigned: Type.Boolean(),
})

export const tlsSchema = Type.Object({
  version: optional(Type.String()),
  offeredVersions: optional(names()),
  cipher: optional(Type.String()),
  offeredCiphers: optional(count()),
  sni: optional(Type.String()),
  alpn: optional(Type.String()),
  offeredAlpn: optional(names()),
  ja3: optional(Type.String()),
  ja3s: optional(Type.String()),
  ja4: optional(Type.String()),
  certificates: optional(Type.Array(certificateSchema)),
  clientCertificates: optional(Type.Array(certificateSchema)),
  alerts: optional(names()),
  resumed: optional(Type.Boolean()),
  encryptedClientHello: optional(Type.Boolean()),
  anomalies: optional(names()),
})

export const httpSchema = Type.Object({
  version: optional(Type.String()),
  requests: count(),
  responses: count(),
  host: optional(Type.String()),
  methods: names(),
  statuses: counts(),
  userAgent: optional(Type.String()),
  server: optional(Type.String()),
  anomalies: optional(names()),
})

export const dnsSchema = Type.Object({
  queries: count(),
  answers: count(),
  names: names(),
  types: names(),
  responseCodes: counts(),
  anomalies: optional(names()),
})

export const postgresSchema = Type.Object({
  user: optional(Type.String()),
  database: optional(Type.String()),
  applicationName: optional(Type.String()),
  serverVersion: optional(Type.String()),
  statements: count(),
  rows: count(),
  errors: count(),
  copies: optional(count()),
  anomalies: optional(names()),
})

/** A sketch of persons as text, bounded. */
const sketch = Type.String({ maxLength: 262_144, pattern: '^[A-Za-z0-9_.:;,=-]*$' })

export const flowSchema = Type.Object({
  type: Type.Literal('flow'),
  id: Type.String({ minLength: 1, maxLength: 200 }),
  start: time(),
  end: time(),
  transport: transport(),
  client: endpointSchema,
  server: endpointSchema,
  application: Type.String({ description: 'Name of the application protocol, or `unknown`.' }),
  bytesToServer: count(),
  bytesToClient: count(),
  packetsToServer: count(),
  packetsToClient: count(),
  encrypted: Type.Boolean(),
  state: oneOf('attempted', 'established', 'closed', 'reset', 'midstream', 'one-way', 'two-way'),
  serverName: optional(
    Type.String({ description: 'Name by which DNS answers, SNI or Host knew the server.' }),
  ),
  dnsName: optional(Type.String({ description: 'Name that DNS answers gave the server’s address.' })),
  dataSubjects: optional(
    Type.Object(
      {
        toServer: count(),
        toClient: count(),
        sketches: optional(
          Type.Object(
            { toServer: optional(sketch), toClient: optional(sketch) },
            { description: 'Counts the persons of several flows together; holds no hash of anyone.' },
          ),
        ),
      },
      { description: 'About how many persons’ data was found in it, each way.' },
    ),
  ),
  anomalies: optional(counts()),
  workload: optional(Type.String({ description: 'Workload in whose namespace the flow was seen.' })),
  side: optional(oneOf('client', 'server', 'transit')),
  transfers: optional(
    Type.Object(
      { toServer: Type.String({ maxLength: 64 }), toClient: Type.String({ maxLength: 64 }) },
      {
        description:
          'Transfers that what was sent each way is part of, by their ids; said by the controller.',
      },
    ),
  ),
  tls: optional(tlsSchema),
  http: optional(httpSchema),
  dns: optional(dnsSchema),
  postgresql: optional(postgresSchema),
})

export const categoryNames = [
  ...(['contact', 'identity', 'financial', 'online', 'location'] as const),
  ...(['health', 'genetic', 'special', 'criminal', 'children', 'credential'] as const),
] as const
export const categorySchema = oneOf(...categoryNames)

export const personalDataSchema = Type.Object({
  type: Type.Literal('personal-data'),
  flow: optional(Type.String({ minLength: 1, maxLength: 200, description: 'Id of the flow it crossed.' })),
  identifier: Type.String({ minLength: 1, maxLength: 100 }),
  category: categorySchema,
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  direction: oneOf('to-server', 'to-client'),
  field: Type.String({ description: 'Place and path: `http.body $.customer.iban`, `sql.column email`.' }),
  count: count(),
  distinct: Type.Number({ minimum: 0, description: 'Estimated number of distinct values.' }),
  masked: Type.String({ description: 'A masked sample: enough to recognise one’s own, too little to use.' }),
  hash: Type.String({ description: 'Keyed hash of the sample.' }),
  first: time(),
  last: time(),
})

const violationEndSchema = Type.Object({
  address: Type.String({ description: 'IPv4 dotted or IPv6 in RFC 5952 form.' }),
  port: Type.Integer({ minimum: 0, maximum: 65535, description: '0 where the transport has no ports.' }),
  groups: names(),
  workload: optional(Type.String()),
  names: optional(names()),
})

export const violationSchema = Type.Object({
  type: Type.Literal('violation'),
  id: Type.String({ minLength: 1, maxLength: 200 }),
  first: time(),
  last: time(),
  count: count(),
  flow: optional(Type.String({ minLength: 1, maxLength: 200, description: 'Id of the flow of the first.' })),
  workload: optional(Type.String({ description: 'Workload in whose namespace it was decided.' })),
  transport: transport(),
  client: violationEndSchema,
  server: violationEndSchema,
  application: Type.String({ description: 'As far as it was known when it was decided.' }),
  action: oneOf('reported', 'blocked'),
  criterion: oneOf(
    'rule',
    'no-rule',
    'application',
    'encryption',
    'personal-data',
    'evasion',
    'not-inspected',
    'attack',
    'threat',
  ),
  rule: optional(Type.String({ description: 'Id of the rule that decided.' })),
  reason: Type.String(),
  checks: optional(
    Type.Array(
      Type.Object({
        criterion: Type.String(),
        wanted: Type.String(),
        seen: Type.String(),
        check: oneOf('met', 'unmet', 'pending'),
      }),
    ),
  ),
  nearest: optional(Type.String({ description: 'Id of the rule that allows what comes nearest.' })),
  finding: optional(
    Type.Object({
      identifier: Type.String(),
      category: categorySchema,
      direction: oneOf('to-server', 'to-client'),
      field: Type.String(),
      masked: Type.String(),
      hash: Type.String(),
    }),
  ),
})

export const threatSchema = Type.Object({
  type: Type.Literal('threat'),
  id: Type.String({ minLength: 1, maxLength: 200 }),
  first: time(),
  last: time(),
  count: count(),
  threat: Type.Integer({
    minimum: 1,
    description: 'Number in the table of threats; below 3000 NeuVector’s.',
  }),
  name: Type.String({ minLength: 1, maxLength: 100 }),
  severity: oneOf('critical', 'high', 'medium', 'low', 'info'),
  technique: Type.String({ description: 'Of MITRE ATT&CK.' }),
  stage: oneOf('reconnaissance', 'delivery', 'exploitation', 'command-and-control', 'actions-on-objectives'),
  flow: optional(Type.String({ minLength: 1, maxLength: 200, description: 'Id of the flow of the first.' })),
  workload: optional(Type.String({ description: 'Workload in whose namespace it was seen.' })),
  transport: optional(transport()),
  source: optional(endpointSchema),
  target: optional(endpointSchema),
  subject: optional(Type.String({ description: 'What else it is about, such as the domain of a tunnel.' })),
  measured: Type.Object({
    unit: Type.String(),
    value: Type.Number(),
    threshold: Type.Number(),
    seconds: optional(Type.Number()),
  }),
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  action: oneOf('reported', 'blocked'),
  reason: Type.String(),
})

export const attackSchema = Type.Object({
  type: Type.Literal('attack'),
  id: Type.String({ minLength: 1, maxLength: 200 }),
  first: time(),
  last: time(),
  count: count(),
  flow: Type.String({ minLength: 1, maxLength: 200 }),
  workload: optional(Type.String({ description: 'Workload in whose namespace it was seen.' })),
  client: endpointSchema,
  server: endpointSchema,
  application: Type.String(),
  class: Type.String({
    minLength: 1,
    maxLength: 100,
    description: '`sql-injection`, `cross-site-scripting`, …',
  }),
  score: count(),
  level: Type.Integer({ minimum: 1, maximum: 4, description: 'Strictness at which it was judged.' }),
  place: oneOf('query', 'header', 'cookie', 'body', 'path', 'sql'),
  field: Type.String({
    description: 'Name of the parameter, header, cookie or field; empty where there is none.',
  }),
  request: optional(
    Type.Object({
      method: Type.String(),
      path: Type.String({ description: 'What is a value in it is `*`.' }),
    }),
  ),
  masked: Type.String({
    description: 'What was found, with all words masked that are not of a language of machines.',
  }),
  reasons: Type.Array(
    Type.Object({
      class: Type.String(),
      rule: Type.String({ description: 'Stable id.' }),
      weight: Type.Number({ description: 'Points that it adds to the score.' }),
      what: Type.String({ description: 'For people.' }),
    }),
    { description: 'Heaviest first.' },
  ),
  action: oneOf('reported', 'blocked'),
})

const aggregate = {
  id: Type.String({ minLength: 1, maxLength: 200 }),
  first: time(),
  last: time(),
  count: count(),
  workload: Type.String({ minLength: 1, maxLength: 200 }),
}

export const processActorSchema = Type.Object({
  pid: Type.Integer({ description: 'As the node counts processes.' }),
  name: Type.String(),
  path: Type.String({ description: 'From the root of the container, all links followed.' }),
  arguments: Type.Array(Type.String(), { description: 'Secrets and personal data are masked.' }),
  user: Type.Object({ id: Type.Integer(), name: optional(Type.String()) }),
  ancestors: Type.Array(Type.Object({ pid: Type.Integer(), name: Type.String(), path: Type.String() }), {
    description: 'Nearest first, up to the first process of the container.',
  }),
})

export const processSchema = Type.Object({
  type: Type.Literal('process'),
  ...aggregate,
  event: oneOf('exec', 'running', 'became-root'),
  process: processActorSchema,
  pids: optional(
    Type.Array(Type.Integer({ minimum: 1 }), {
      maxItems: 64,
      description: 'Of the last of them, oldest first.',
    }),
  ),
  origin: oneOf('image', 'changed', 'added', 'memory', 'unknown'),
  action: oneOf('allowed', 'learned', 'reported', 'blocked', 'killed'),
  reason: oneOf('rule', 'image', 'drift', 'not-listed', 'suspicious', 'not-admitted'),
  rule: optional(Type.String({ description: 'The group and what its rule says.' })),
  suspicion: optional(
    Type.Object({ kind: Type.String(), severity: oneOf('critical', 'high', 'medium', 'low') }),
  ),
})

export const fileSchema = Type.Object({
  type: Type.Literal('file'),
  ...aggregate,
  path: Type.String({ description: 'From the root of the container.' }),
  operation: oneOf('opened', 'written', 'created', 'deleted', 'moved-in', 'moved-out', 'attributes'),
  action: oneOf('reported', 'blocked'),
  rule: Type.String(),
  categories: optional(Type.Array(categorySchema)),
  from: oneOf('container', 'node', 'unknown'),
  process: optional(processActorSchema),
})

export const coverageSchema = Type.Object({
  type: Type.Literal('coverage'),
  at: time(),
  workload: optional(Type.String()),
  reason: Type.String({ minLength: 1, maxLength: 100 }),
  detail: Type.String(),
  packets: optional(count()),
  bytes: optional(count()),
})

export const workloadSchema = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 200 }),
  runtime: oneOf('docker', 'containerd', 'podman', 'netns'),
  name: Type.String(),
  image: Type.Union([Type.String(), Type.Null()]),
  labels: Type.Record(Type.String(), Type.String()),
  service: Type.String(),
  namespace: Type.String(),
  pid: Type.Union([Type.Integer(), Type.Null()]),
  netns: Type.Union([Type.Integer(), Type.Null()]),
  netnsPath: Type.Union([Type.String(), Type.Null()]),
  hostNetwork: Type.Boolean(),
  addresses: names(),
  startedAt: Type.String({ format: 'date-time' }),
})

export const coverageStateSchema = oneOf(
  'seen',
  'starting',
  'host-network',
  'no-namespace',
  'not-permitted',
  'tap-failed',
)

export const workloadStateSchema = Type.Object({
  workload: workloadSchema,
  coverage: coverageStateSchema,
  detail: optional(Type.String()),
  attachedAfterMs: optional(Type.Number()),
  protection: optional(
    Type.Object({
      kind: oneOf('none', 'held', 'quarantine', 'failed'),
      failOpen: optional(Type.Boolean()),
      afterMs: optional(Type.Number()),
      detail: optional(Type.String()),
    }),
  ),
  stoppedAt: optional(Type.String({ format: 'date-time' })),
})

export const enforcerStatusSchema = Type.Object({
  at: Type.String({ format: 'date-time' }),
  packets: count(),
  bytes: count(),
  dropped: count(),
  flows: count(),
  waiting: count(),
  lost: count(),
  residentBytes: count(),
  workers: Type.Array(
    Type.Object({
      packets: count(),
      bytes: count(),
      dropped: count(),
      busyRatio: Type.Number(),
      memoryBytes: Type.Number(),
    }),
  ),
})

export const enforcedSchema = Type.Object({
  policy: Type.Union([Type.String({ pattern: '^[0-9a-f]{64}$' }), Type.Null()]),
  quarantined: names(),
})
