import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { wireLimits, type EnforcerMessage, type ObservedRecord } from '../model/enforcer-messages.ts'
import {
  coverageSchema,
  enforcedSchema,
  enforcerStatusSchema,
  fileSchema,
  flowSchema,
  personalDataSchema,
  processSchema,
  attackSchema,
  threatSchema,
  violationSchema,
  workloadStateSchema,
} from '../model/record-schemas.ts'
import { controllerLimits } from './limits.ts'

/** A line from an enforcer, checked: a message, with what of a batch was left out and why, or why it is none. */
export type CheckedLine = { message: EnforcerMessage; rejected: Rejected } | { problem: string }

export interface Rejected {
  records: number
  /** Where the first of them was wrong; a path, never a value. */
  example: string | null
}

const name = Type.String({ minLength: 1, maxLength: controllerLimits.idLength })
const recordId = Type.Object({ recordId: Type.String({ minLength: 1 }) })

const hello = Compile(
  Type.Object({
    kind: Type.Literal('hello'),
    enforcer: name,
    run: name,
    version: Type.String(),
    startedAt: Type.String(),
    workers: Type.Integer({ minimum: 0 }),
  }),
)
const workloads = Compile(
  Type.Object({
    kind: Type.Literal('workloads'),
    workloads: Type.Array(workloadStateSchema),
    complete: Type.Boolean(),
  }),
)
const batch = Compile(
  Type.Object({
    kind: Type.Literal('batch'),
    sequence: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    records: Type.Array(Type.Unknown(), { maxItems: wireLimits.recordsPerBatch }),
  }),
)
const status = Compile(Type.Object({ kind: Type.Literal('status'), status: enforcerStatusSchema }))
const enforced = Compile(Type.Object({ kind: Type.Literal('enforced'), ...enforcedSchema.properties }))
const capture = Compile(
  Type.Object({
    kind: Type.Literal('capture'),
    file: Type.String({ pattern: '^[A-Za-z0-9-]{1,120}$' }),
    part: Type.Integer({ minimum: 0 }),
    isLast: Type.Boolean(),
    data: Type.String(),
    about: Type.Optional(
      Type.Object({
        capture: Type.Optional(name),
        workload: name,
        since: Type.String(),
        headersOnly: Type.Boolean(),
        masked: Type.Optional(Type.Boolean()),
        finding: Type.Optional(Type.Object({ type: name, id: name, name })),
      }),
    ),
    packets: Type.Optional(Type.Integer({ minimum: 0 })),
    dropped: Type.Optional(Type.Integer({ minimum: 0 })),
  }),
)
const renew = Compile(
  Type.Object({
    kind: Type.Literal('renew'),
    has: Type.String({ maxLength: 64 }),
    publicKey: Type.String({ maxLength: 500 }),
    proof: Type.String({ maxLength: 500 }),
  }),
)
const killed = Compile(
  Type.Object({
    kind: Type.Literal('killed'),
    order: name,
    outcome: Type.Enum(['killed', 'gone', 'refused']),
    detail: Type.String({ maxLength: controllerLimits.idLength }),
  }),
)
const envelopes = { hello, workloads, batch, status, enforced, capture, renew, killed }

const records = {
  flow: Compile(Type.Intersect([flowSchema, recordId])),
  'personal-data': Compile(
    Type.Intersect([personalDataSchema, recordId, Type.Object({ workload: Type.String() })]),
  ),
  coverage: Compile(Type.Intersect([coverageSchema, recordId])),
  process: Compile(Type.Intersect([processSchema, recordId])),
  file: Compile(Type.Intersect([fileSchema, recordId])),
  violation: Compile(Type.Intersect([violationSchema, recordId])),
  threat: Compile(Type.Intersect([threatSchema, recordId])),
  attack: Compile(Type.Intersect([attackSchema, recordId])),
}

interface Validator {
  Check(value: unknown): boolean
  Errors(value: unknown): { instancePath: string; message: string }[]
}

const nothing: Rejected = { records: 0, example: null }

/** Never throws, whatever the line holds. */
export function checkLine(line: string): CheckedLine {
  const value = parse(line)
  const kind = member(value, 'kind')
  if (typeof kind !== 'string' || !Object.hasOwn(envelopes, kind)) return { problem: 'not a message' }
  const problem = whatIsWrong(envelopes[kind as keyof typeof envelopes], value)
  if (problem !== null) return { problem: `${kind}: ${problem}` }
  const message = value as EnforcerMessage
  if (message.kind !== 'batch') return { message, rejected: nothing }
  const { kept, rejected } = checkRecords(message.records)
  return { message: { ...message, records: kept }, rejected }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
}

function checkRecords(values: unknown[]): { kept: ObservedRecord[]; rejected: Rejected } {
  const kept: ObservedRecord[] = []
  let example: string | null = null
  for (const [index, value] of values.entries()) {
    const type = member(value, 'type')
    const known = typeof type === 'string' && Object.hasOwn(records, type)
    const problem = known ? whatIsWrong(records[type as keyof typeof records], value) : 'type: unknown'
    if (problem === null) kept.push(withShortId(value as ObservedRecord))
    else example ??= `record ${index}: ${problem}`
  }
  return { kept, rejected: { records: values.length - kept.length, example } }
}

/** An id may hold a field's name, and that may be as long as whoever sends traffic likes. */
function withShortId(record: ObservedRecord): ObservedRecord {
  if (record.recordId.length <= controllerLimits.idLength) return record
  return { ...record, recordId: createHash('sha256').update(record.recordId).digest('base64url') }
}

/** Path and rule of the first thing that is wrong; null when nothing is. */
function whatIsWrong(validator: Validator, value: unknown): string | null {
  if (validator.Check(value)) return null
  const [first] = validator.Errors(value)
  return first ? `${first.instancePath || '/'} ${first.message}`.slice(0, 200) : 'not well-formed'
}
