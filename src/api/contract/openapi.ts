import type { TObject, TSchema } from 'typebox'
import { operations, type Operation } from './operations.ts'
import * as records from './records.ts'

/** Names under which schemas stand in the description; where one is used, it is referred to. */
const components: Record<string, TSchema> = {
  Flow: records.flowItem,
  Finding: records.findingItem,
  Coverage: records.coverageItem,
  Workload: records.workloadItem,
  Enforcer: records.enforcerItem,
  Status: records.status,
  Health: records.health,
  Problem: records.problem,
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
    paths: Object.fromEntries(
      Object.values<Operation>(operations).map((operation) => [operation.path, { get: describe(operation) }]),
    ),
    components: {
      schemas: Object.fromEntries(
        Object.entries(components).map(([name, schema]) => [name, inside(toJson(schema), name)]),
      ),
    },
  }
}

function describe(operation: Operation): Json {
  const failures = [...operation.problems, 421, 500].toSorted((a, b) => a - b)
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: parameters(operation.query),
    responses: {
      200: content('As asked', operation.contentType, toReference(operation.response)),
      ...Object.fromEntries(
        failures.map((code) => [
          code,
          content('A problem', 'application/problem+json', reference('Problem')),
        ]),
      ),
    },
  }
}

function content(description: string, type: string, schema: Json): Json {
  return { description, content: { [type]: { schema } } }
}

function parameters(query: TObject): Json {
  return Object.entries(query.properties).map(([name, property]) => {
    const { description = '', ...schema } = toJson(property) as { description?: string; [key: string]: Json }
    return { name, in: 'query', required: false, description, schema }
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
