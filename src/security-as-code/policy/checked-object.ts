import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type ObjectReport, tellError } from './policy-object.ts'
import { nvResponseRuleSchema, responseRuleSchema } from './response-schemas.ts'
import {
  attackExceptionSchema,
  egressRuleSchema,
  fileAccessSchema,
  groupDefinitionSchema,
  personalDataLabelsSchema,
  type PolicyObject,
  processorSchema,
  protectionSchema,
  securityRuleSchema,
} from './schemas.ts'

const validators = {
  NvSecurityRule: Compile(securityRuleSchema as TSchema),
  NvClusterSecurityRule: Compile(securityRuleSchema as TSchema),
  NvGroupDefinition: Compile(groupDefinitionSchema as TSchema),
  EgressRule: Compile(egressRuleSchema as TSchema),
  Processor: Compile(processorSchema as TSchema),
  PersonalDataLabels: Compile(personalDataLabelsSchema as TSchema),
  Protection: Compile(protectionSchema as TSchema),
  FileAccess: Compile(fileAccessSchema as TSchema),
  NvResponseRuleSecurityRule: Compile(nvResponseRuleSchema as TSchema),
  AttackException: Compile(attackExceptionSchema as TSchema),
  ResponseRule: Compile(responseRuleSchema as TSchema),
}

/** TypeBox says so of a property that is one too many, and then again, better, of the object. */
const SURPLUS = 'schema is false'

export type PolicyKind = keyof typeof validators

export function isPolicyKind(kind: unknown): kind is PolicyKind {
  return typeof kind === 'string' && Object.hasOwn(validators, kind)
}

/** The object as its kind, or undefined and every place told at which it is not. */
export function checkedObject(kind: PolicyKind, report: ObjectReport): PolicyObject | undefined {
  const validator = validators[kind]
  const { value } = report.source
  if (validator.Check(value)) return value as PolicyObject
  const told = new Set<string>()
  for (const error of validator.Errors(value) as readonly SchemaError[]) {
    const path = error.instancePath.split('/').slice(1).map(unescaped)
    const where = path.join('.')
    if (told.has(where) || error.message === SURPLUS) continue // told of by what it is in
    told.add(where)
    const [surplus] = error.params?.additionalProperties ?? []
    const at = surplus === undefined ? path : [...path, surplus]
    tellError(report, at.map(keyOf), problemOf(where, error), adviceOf(error.params))
  }
  return undefined
}

function problemOf(where: string, { message, params }: SchemaError): string {
  return `${where === '' ? 'it' : where} ${message ?? 'is not as it should be'}${namesOf(params)}`
}

interface SchemaError {
  /** JSON Pointer of the place. */
  instancePath: string
  message?: string
  params?: Params
}

interface Params {
  requiredProperties?: string[]
  additionalProperties?: string[]
  allowedValues?: unknown[]
  allowedValue?: unknown
  type?: string | string[]
  pattern?: string | RegExp
}

/** Names of properties and allowed values; never what stands in the file. */
function namesOf(params: Params = {}): string {
  const constant = params.allowedValue === undefined ? undefined : [params.allowedValue]
  const names = params.requiredProperties ?? params.additionalProperties ?? params.allowedValues ?? constant
  return names === undefined ? '' : `: ${names.map((name) => JSON.stringify(name)).join(', ')}`
}

function adviceOf(params: Params = {}): string {
  if (params.requiredProperties !== undefined) return 'Add it.'
  if (params.additionalProperties !== undefined) return 'Leave it out, or correct its name.'
  if ((params.allowedValues ?? params.allowedValue) !== undefined) return 'Write one of these.'
  if (params.pattern !== undefined) return 'Write it in the form of the pattern.'
  return params.type === 'string' ? 'Write a text; a number or true needs quotes to be one.' : 'Correct it.'
}

/** JSON Pointer, RFC 6901 section 4. */
function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

function keyOf(key: string): string | number {
  return /^\d+$/.test(key) ? Number(key) : key
}
