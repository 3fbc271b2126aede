import type { TObject, TSchema } from 'typebox'
import * as accounts from './account-schemas.ts'
import * as cases from './case-schemas.ts'
import * as evidence from './evidence-operations.ts'
import { nodeItem } from './node-operations.ts'
import type { Operation } from './operation.ts'
import { operations } from './operations.ts'
import * as policy from './policy-schemas.ts'
import * as records from './records.ts'
import * as settings from './settings-operations.ts'
import { sessionCookies } from './session-cookie.ts'

/** Names under which schemas stand in the description; where one is used, it is referred to. */
const components: Record<string, TSchema> = {
  Flow: records.flowItem,
  Finding: records.findingItem,
  Coverage: records.coverageItem,
  Violation: records.violationItem,
  Threat: records.threatItem,
  Attack: records.attackItem,
  Process: records.processItem,
  File: records.fileItem,
  Workload: records.workloadItem,
  Enforcer: records.enforcerItem,
  Node: nodeItem,
  DataFlow: records.dataFlowItem,
  NetworkMap: records.networkMap,
  Status: records.status,
  Health: records.health,
  Problem: records.problem,
  Account: accounts.accountItem,
  Grant: accounts.grant,
  Session: accounts.sessionItem,
  Token: accounts.tokenItem,
  AuditEntry: accounts.auditItem,
  PolicyVersion: policy.policyVersionItem,
  PolicyChange: policy.policyChange,
  PolicyProblem: policy.policyProblem,
  PolicyGroup: policy.policyGroupItem,
  PolicyRule: policy.policyRuleItem,
  Evidence: evidence.evidenceStatus,
  EvidenceEntry: evidence.evidenceEntry,
  EvidenceCheckpoint: evidence.evidenceCheckpoint,
  Case: cases.caseItem,
  Detector: settings.detectorItem,
  Trial: settings.trialResult,
  StartedOption: settings.startedOption,
  TimelineItem: cases.timelineItem,
  Draft: cases.draftItem,
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The API as OpenAPI 3.1, whose schemas are JSON Schema and so the very ones that requests are checked by. */
export function openApiDocument(version: string): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Pavise',
      version,
      summary: 'Which workload sends which personal data where',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: 'http://127.0.0.1:7440' }],
    paths: paths(),
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: sessionCookies.tls },
        token: { type: 'http', scheme: 'bearer' },
      },
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, inside(toJson(schema), name)]),
      ),
    },
  }
}

/** Operations by path, then by method; a parameter stands in a path as `{name}` (RFC 6570). */
function paths(): Json {
  const described: Record<string, Record<string, Json>> = {}
  for (const operation of Object.values<Operation>(operations)) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
    described[path] = { ...described[path], [operation.method.toLowerCase()]: describe(operation) }
  }
  return described
}

function describe(operation: Operation): Json {
  const { id, summary, access, params, query, body } = operation
  const refusals = access === 'anyone' ? [] : [401, 403]
  const failures = [...operation.problems, ...refusals, 421, 429, 500].toSorted((a, b) => a - b)
  return {
    operationId: id,
    summary,
    'x-access': access,
    security: access === 'anyone' ? [] : [{ session: [] }, { token: [] }],
    parameters: [...(params ? parameters(params, 'path') : []), ...parameters(query, 'query')],
    ...(body && { requestBody: { required: true, ...content(null, 'application/json', toReference(body)) } }),
    responses: {
      200: answerOf(operation),
      ...Object.fromEntries(
        failures.map((code) => [
          code,
          content('A problem', 'application/problem+json', reference('Problem')),
        ]),
      ),
    },
  }
}

/** What can be listed can be had as a whole as well. */
function answerOf({ contentType, response, query }: Operation): Json {
  const types =
    'format' in query.properties && contentType === 'application/json'
      ? ['application/x-ndjson', 'text/csv']
      : []
  const others = types.map((type) => [type, { schema: { type: 'string' } }])
  const { content: own } = content(null, contentType, toReference(response))
  return { description: 'As asked', content: { ...(own as object), ...Object.fromEntries(others) } }
}

function content(description: string | null, type: string, schema: Json): Record<string, Json> {
  return { ...(description !== null && { description }), content: { [type]: { schema } } }
}

function parameters({ properties }: TObject, place: 'path' | 'query'): Json[] {
  return Object.entries(properties).map(([name, property]) => {
    const { description = '', ...schema } = toJson(property) as { description?: string; [key: string]: Json }
    return { name, in: place, required: place === 'path', description, schema }
  })
}

function reference(name: string): Json {
  return { $ref: `#/components/schemas/${name}` }
}

/** A schema with every component in it replaced by a reference. */
function toReference(schema: TSchema): Json {
  return inside(toJson(schema), null)
}

function toJson(schema: TSchema): Json {
  return JSON.parse(JSON.stringify(schema)) as Json
}

const texts = new Map(Object.entries(components).map(([name, schema]) => [JSON.stringify(schema), name]))

/** Goes down from the component `own`, which does not refer to itself. */
function inside(value: Json, own: string | null): Json {
  if (typeof value !== 'object' || value === null) return value
  const name = texts.get(JSON.stringify(value))
  if (name !== undefined && name !== own) return reference(name)
  if (Array.isArray(value)) return value.map((item) => inside(item, own))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inside(item, own)]))
}

/** As it is committed under `docs/reference/`. */
export function openApiText(version: string): string {
  return `${JSON.stringify(openApiDocument(version), null, 2)}\n`
}
