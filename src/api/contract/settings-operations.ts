import { Type, type Static } from 'typebox'
import { apiLimits } from './limits.ts'
import { type Operation, operation, pagedListing } from './operation.ts'

/** What Pavise was started with, what it can find, and what it would find in a text. */

const strict = { additionalProperties: false }

export const detectorItem = Type.Object({
  type: Type.Literal('detector'),
  id: Type.String({ description: 'As findings name it.' }),
  name: Type.String(),
  category: Type.String(),
  country: Type.Union([Type.String(), Type.Null()], { description: 'ISO 3166, in lower case.' }),
  source: Type.String({ description: 'Where its form and checksum come from.' }),
  isOwn: Type.Boolean({ description: 'Brought with `--sensors`, and not built in.' }),
})

const trialBody = Type.Object(
  { text: Type.String({ minLength: 1, maxLength: apiLimits.trialText, description: 'It is not kept.' }) },
  strict,
)
export type TrialBody = Static<typeof trialBody>

export const trialResult = Type.Object({
  type: Type.Literal('trial'),
  format: Type.String({ description: 'As what the text was read: `json`, `csv`, `text`, …' }),
  findings: Type.Array(
    Type.Object({
      identifier: Type.String(),
      name: Type.String(),
      category: Type.String(),
      confidence: Type.Number({ minimum: 0, maximum: 1 }),
      line: Type.Integer({ minimum: 1 }),
      column: Type.Integer({ minimum: 1, description: 'In characters.' }),
      field: Type.String({ description: 'Name of the field that it stands in; empty where there is none.' }),
      masked: Type.String(),
      why: Type.Array(Type.Object({ about: Type.String(), says: Type.String() })),
    }),
  ),
  isCut: Type.Boolean({ description: 'There were more.' }),
})

export const startedOption = Type.Object({
  option: Type.String({ description: 'As the command line has it: `--keep-flows`.' }),
  description: Type.String(),
  value: Type.Union([Type.String(), Type.Null()], { description: 'Null where it is not set.' }),
  origin: Type.Enum(['default', 'flag', 'environment']),
})

export const settingsOperations = {
  settings: operation('What `pavise up` was started with', {
    id: 'settings',
    method: 'GET',
    path: '/api/v1/settings',
    access: 'audit:read',
    response: Type.Object({ options: Type.Array(startedOption) }),
  }),
  detectors: pagedListing('What personal data is looked for: recognisers and rules, one’s own first', {
    id: 'detectors',
    method: 'GET',
    path: '/api/v1/detectors',
    access: 'traffic:read',
    ...{ items: detectorItem, areFew: true },
  }),
  tryDetectors: operation('What would be found in a text, and why; masked, and nothing of it is kept', {
    id: 'tryDetectors',
    method: 'POST',
    path: '/api/v1/detectors/trial',
    access: 'traffic:read',
    changes: false,
    body: trialBody,
    response: trialResult,
    problems: [429],
  }),
} as const satisfies Record<string, Operation>
