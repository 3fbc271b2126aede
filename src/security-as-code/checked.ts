import { Type, type Static, type TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { SensorError } from './sensor-error.ts'
import type { SourceObject } from './yaml-documents.ts'

/** One of some words. */
export const oneOf = <const Values extends string[]>(...values: Values) =>
  Type.Unsafe<Values[number]>(Type.String({ enum: values }))

/** Tells whether an object is what its kind asks for. @throws SensorError that says where it is not, by line and path. */
export function checker<Schema extends TSchema>(
  kind: string,
  schema: Schema,
): (object: SourceObject) => Static<Schema> {
  const validator = Compile(schema)
  return (object) => {
    if (validator.Check(object.value)) return object.value
    const [error] = validator
      .Errors(object.value)
      .toSorted((a, b) => depthOf(b.instancePath) - depthOf(a.instancePath))
    const path = error === undefined ? [] : error.instancePath.split('/').slice(1).map(unescaped)
    const where = path.length === 0 ? 'it' : path.join('.')
    const place = object.at(path.map((key) => (/^\d+$/.test(key) ? Number(key) : key)))
    throw new SensorError(
      'SENSOR_INVALID',
      `${place}: ${kind}: ${where} ${problemOf(error)}`,
      `See src/security-as-code/readme.md for what a ${kind} holds.`,
    )
  }
}

function depthOf(path: string): number {
  return path.split('/').length
}

/** JSON Pointer, RFC 6901 section 4. */
function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** With names of properties and allowed values; never with what stands in the file. */
function problemOf(error: { keyword: string; message: string; params: object } | undefined): string {
  if (error === undefined) return 'is not as it should be'
  if (error.keyword === 'boolean') return 'is not known'
  const params = error.params as { requiredProperties?: string[]; allowedValues?: unknown[] }
  const names = params.requiredProperties ?? params.allowedValues
  return names === undefined ? error.message : `${error.message}: ${names.join(', ')}`
}
