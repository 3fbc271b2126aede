import { type Static, Type } from 'typebox'
import { attackSchema } from '../../model/record-schemas.ts'
import { type Operation, operation } from './operation.ts'
import { suggestionsQuery } from './queries.ts'

/** Exceptions from what is told of as an attack: those that hold, and those that are suggested by what was seen. */

const time = () => Type.String({ format: 'date-time' })
const count = (description: string) => Type.Integer({ minimum: 0, description })

const place = {
  name: Type.String(),
  rules: Type.Array(Type.String(), { description: 'Ids of rules; `sql.*` is all that begin so.' }),
  place: Type.Optional(Type.String({ description: '`query`, `header`, `body`, …' })),
  path: Type.Optional(Type.String({ description: '`*` stands for anything.' })),
  parameter: Type.Optional(Type.String()),
  groups: Type.Optional(Type.Array(Type.String())),
}

const suggestion = Type.Object({
  exception: Type.Object(
    { ...place, place: attackSchema.properties.place },
    { description: 'What an AttackException says but its owner and its end.' },
  ),
  classes: Type.Array(Type.String()),
  requests: count('Requests that it would have silenced.'),
  clients: count('Clients that sent them.'),
  first: time(),
  last: time(),
  samples: Type.Array(Type.String(), { description: 'Of what was found, masked.' }),
})
export type ExceptionSuggestionItem = Static<typeof suggestion>

const exceptions = Type.Object({
  type: Type.Literal('attack-exceptions'),
  exceptions: Type.Array(
    Type.Object({
      ...place,
      owner: Type.String(),
      until: Type.String({ description: 'Its last day, in UTC.' }),
      isOver: Type.Boolean({ description: 'Its last day is over: it holds no more.' }),
      reason: Type.Optional(Type.String()),
    }),
  ),
  suggestions: Type.Array(suggestion, {
    description: 'Of what was reported and is likely no attack, most seen first.',
  }),
  records: count('Attacks that were looked at.'),
  incomplete: Type.Boolean({ description: 'There were more than are looked at: the oldest are not in it.' }),
})
export type AttackExceptionList = Static<typeof exceptions>

export const attackOperations = {
  attackExceptions: {
    ...operation('Exceptions from attacks that hold, and those that are suggested', {
      ...{ id: 'attackExceptions', method: 'GET', path: '/api/v1/attacks/exceptions' },
      ...{ access: 'traffic:read', response: exceptions },
    }),
    query: suggestionsQuery,
  },
} as const satisfies Record<string, Operation>
