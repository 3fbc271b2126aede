import type { TObject, TSchema } from 'typebox'
import { toJsonText } from '../lib/json-text.ts'

/** Names of properties from the outside in. */
type Path = readonly string[]

/** Columns of a record: each property, and those of objects in it one by one; arrays and maps are one, as JSON. */
export function columnsOf(schema: TSchema, path: Path = []): Path[] {
  if (!isRecord(schema)) return [path]
  return Object.entries(schema.properties).flatMap(([name, property]) => columnsOf(property, [...path, name]))
}

/** An object whose properties are all named. */
function isRecord(schema: TSchema): schema is TObject {
  return 'properties' in schema && Object.keys(schema.properties as object).length > 0
}

export function valuesOf(item: unknown, columns: readonly Path[]): string[] {
  return columns.map((path) => text(path.reduce<unknown>((value, name) => property(value, name), item)))
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function text(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : toJsonText(value)
}
