import { type Static, type TInteger, Type } from 'typebox'
import { apiLimits } from './limits.ts'
import { type Operation, operation } from './operation.ts'
import { by, changeResult } from './policy-schemas.ts'

/** Which detectors count: personal data by identifier, attacks by class, threats by name. */

const strict = { additionalProperties: false }
const name = Type.String({
  minLength: 1,
  maxLength: apiLimits.filterLength,
  description: 'As records name it.',
})
const confidence = Type.Number({ minimum: 0, maximum: 1, description: 'From which values of it count.' })
const threshold = Type.Integer({
  minimum: 1,
  maximum: apiLimits.threatThreshold,
  description: 'Of a threat: from which value on it is told of, in its unit.',
})
const seconds = Type.Integer({
  minimum: 1,
  maximum: apiLimits.threatSeconds,
  description: 'Of a threat: in which time.',
})
/** One type of two names: of a union, a number that is too small would be taken for null. */
const orNull = (number: TInteger) => Type.Unsafe<number | null>({ ...number, type: ['integer', 'null'] })
const on = Type.Boolean({ description: 'Off: it is told of no more, and is masked as before.' })

export const detectionItem = Type.Object({
  type: Type.Literal('detection'),
  personalData: Type.Array(
    Type.Object({ name: Type.String(), on, confidence: Type.Union([confidence, Type.Null()]) }),
    { description: 'Those that are otherwise than usual; what there is: /api/v1/detectors.' },
  ),
  attacks: Type.Array(Type.Object({ name: Type.String(), on })),
  threats: Type.Array(
    Type.Object({
      name: Type.String(),
      on,
      usual: Type.Boolean({ description: 'Whether it is looked for unless `--threat` says otherwise.' }),
      threshold: Type.Union([threshold, Type.Null()], {
        description: 'From which value on it is told of, where that was chosen; null: as usual.',
      }),
      seconds: Type.Union([seconds, Type.Null()], {
        description: 'In which time, where that was chosen; null: as usual.',
      }),
      measure: Type.Object(
        {
          unit: Type.String(),
          threshold: Type.Number(),
          seconds: Type.Union([Type.Number(), Type.Null()], {
            description: 'Null where it is measured over no time.',
          }),
        },
        { description: 'What is measured, and from which value on it is usually told of.' },
      ),
      severity: Type.String(),
      reason: Type.String({ description: 'What was seen where it is told of.' }),
    }),
  ),
})

const change = Type.Object(
  {
    kind: Type.Enum(['personal-data', 'attack', 'threat']),
    name,
    on,
    confidence: Type.Optional(Type.Union([confidence, Type.Null()])),
    threshold: Type.Optional(orNull(threshold)),
    seconds: Type.Optional(orNull(seconds)),
  },
  strict,
)
const detectionBody = Type.Object(
  { changes: Type.Array(change, { minItems: 1, maxItems: 100 }), ...by },
  strict,
)
export type DetectionBody = Static<typeof detectionBody>

const path = '/api/v1/detection'

export const detectionOperations = {
  detection: operation('Which detectors count', {
    ...{ id: 'detection', method: 'GET', path, access: 'traffic:read', response: detectionItem },
  }),
  changeDetection: operation(
    'Switch detectors on and off, and from which confidence or threshold on they count',
    {
      ...{ id: 'changeDetection', method: 'PATCH', path, access: 'policy:write' },
      ...{ body: detectionBody, response: changeResult },
    },
  ),
} as const satisfies Record<string, Operation>
