import { Type, type Static } from 'typebox'
import { categorySchema } from '../model/record-schemas.ts'
import { checksumNames } from '../personal-data/custom/checksums.ts'
import type { RecogniserDefinition } from '../personal-data/custom/definition.ts'
import { checker, oneOf } from './checked.ts'
import { sensorLimits } from './limits.ts'
import type { SourceObject } from './yaml-documents.ts'

const closed = { additionalProperties: false }
const words = () => Type.Array(Type.String({ minLength: 1, maxLength: sensorLimits.nameLength }))
const count = () => Type.Integer({ minimum: 0, maximum: 20 })

/** `kind: Recogniser` of `pavise.dev/v1`. */
const recogniserSchema = Type.Object(
  {
    apiVersion: Type.Literal('pavise.dev/v1'),
    kind: Type.Literal('Recogniser'),
    metadata: Type.Object({
      name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }),
    }),
    spec: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: sensorLimits.nameLength }),
        category: categorySchema,
        country: Type.Optional(Type.String({ pattern: '^[a-z]{2}$' })),
        ignoreCase: Type.Optional(Type.Boolean()),
        mayBeJoined: Type.Optional(Type.Boolean()),
        expressions: Type.Array(
          Type.Object(
            {
              expression: Type.String({ minLength: 1 }),
              confidence: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
              fieldOnly: Type.Optional(Type.Boolean()),
            },
            closed,
          ),
          { minItems: 1, maxItems: 32 },
        ),
        checksum: Type.Optional(oneOf(...checksumNames)),
        fieldNames: Type.Optional(words()),
        vagueFieldNames: Type.Optional(words()),
        notFieldNames: Type.Optional(words()),
        contextWords: Type.Optional(Type.Union([words(), Type.Record(Type.String(), words())])),
        mask: Type.Optional(
          Type.Object({ first: Type.Optional(count()), last: Type.Optional(count()) }, closed),
        ),
        source: Type.Optional(Type.String()),
        examples: Type.Object(
          {
            good: Type.Array(Type.String(), { minItems: 1 }),
            bad: Type.Array(Type.String(), { minItems: 1 }),
          },
          closed,
        ),
      },
      closed,
    ),
  },
  { additionalProperties: true },
)

const checked = checker('Recogniser', recogniserSchema)

/** @throws SensorError where it is not as its schema asks. */
export function readRecogniser(object: SourceObject): RecogniserDefinition {
  const { metadata, spec } = checked(object)
  const { country, checksum } = spec
  return {
    id: metadata.name,
    name: spec.name,
    category: spec.category,
    ...(country === undefined ? {} : { country }),
    ...(checksum === undefined ? {} : { checksum }),
    ignoreCase: spec.ignoreCase ?? false,
    mayBeJoined: spec.mayBeJoined ?? false,
    forms: spec.expressions.map((form) => ({ ...form, fieldOnly: form.fieldOnly ?? false })),
    fieldNames: spec.fieldNames ?? [],
    vagueFieldNames: spec.vagueFieldNames ?? [],
    notFieldNames: spec.notFieldNames ?? [],
    contextWords: contextWordsOf(spec.contextWords),
    mask: { first: spec.mask?.first ?? 0, last: spec.mask?.last ?? 0 },
    examples: spec.examples,
    source: spec.source ?? object.place,
  }
}

/** Words of no particular language may be a plain list. */
function contextWordsOf(
  given: Static<typeof recogniserSchema>['spec']['contextWords'],
): Readonly<Record<string, readonly string[]>> {
  if (given === undefined) return {}
  return Array.isArray(given) ? { any: given } : given
}
