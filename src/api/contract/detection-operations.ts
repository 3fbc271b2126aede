import { type Static, Type } from 'typebox'
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
  changeDetection: operation('Switch detectors on and off, and from which confidence on they count', {
    ...{ id: 'changeDetection', method: 'PATCH', path, access: 'policy:write' },
    ...{ body: detectionBody, response: changeResult },
  }),
} as const satisfies Record<string, Operation>
