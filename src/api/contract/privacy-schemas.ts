import { Type } from 'typebox'
import { documentKinds } from '../../model/document-words.ts'
import { processorRoles, transferMechanisms } from '../../model/processor.ts'
import { differenceKinds, resolutionKinds, transferFlags } from '../../model/difference-words.ts'
import { categorySchema } from '../../model/record-schemas.ts'

/** Who sends personal data to whom, and what is declared of it. */

const time = () => Type.String({ format: 'date-time' })
const count = () => Type.Integer({ minimum: 0 })
const texts = (description?: string) =>
  Type.Array(Type.String(), description === undefined ? {} : { description })
const nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()])
const mechanism = Type.Enum([...transferMechanisms])

const partyCountry = Type.Object({
  country: Type.String({ description: 'ISO 3166-1 alpha-2.' }),
  from: Type.Enum(['addresses', 'declaration']),
  confidence: Type.Union([Type.Enum(['high', 'medium', 'low']), Type.Null()]),
})

const transferParty = Type.Object({
  kind: Type.Enum(['workload', 'store', 'processor', 'external', 'outside'], {
    description:
      '`store`: a service that is asked in a database’s protocol; `processor`: a declared partner, whatever its role; ' +
      '`external`: one that nobody has declared; `outside`: clients that are no workload here, all of them one.',
  }),
  id: Type.String({ description: 'The same over restarts: `clinic/api`, `lab.example:443`, `outside`.' }),
  name: Type.String(),
  service: nullable(Type.String()),
  namespace: nullable(Type.String()),
  workloads: texts('Ids of workloads that were it, the latest last.'),
  addresses: texts('Of somebody outside that is asked.'),
  dnsNames: texts('Names that DNS answers gave these.'),
  processor: Type.Union([
    Type.Object({
      name: Type.String(),
      displayName: Type.String(),
      role: Type.Enum([...processorRoles]),
      mechanism: Type.Union([mechanism, Type.Null()]),
    }),
    Type.Null(),
  ]),
  resembles: Type.Union([Type.Object({ name: Type.String(), displayName: Type.String() }), Type.Null()], {
    description:
      'The partner by whose name it was asked for, where nothing but the client said that it is the one.',
  }),
  countries: Type.Array(partyCountry),
  isMarked: Type.Boolean({ description: 'Labelled as one of personal data.' }),
  owner: nullable(Type.String()),
  purpose: nullable(Type.String()),
})

const flag = Type.Enum([...transferFlags])

/** What one service sends to another, in one protocol, encrypted or not. */
export const transferItem = Type.Object({
  type: Type.Literal('transfer'),
  id: Type.String({ description: 'The same over restarts.' }),
  sender: transferParty,
  recipient: transferParty,
  server: Type.Enum(['sender', 'recipient'], { description: 'Which of both was asked.' }),
  application: Type.String(),
  encrypted: Type.Boolean(),
  tlsVersions: texts(),
  contents: Type.Enum(['seen', 'unreadable'], {
    description: '`unreadable`: it is encrypted, and what it carries cannot be said.',
  }),
  categories: Type.Array(
    Type.Object({
      category: categorySchema,
      identifiers: texts(),
      values: count(),
      masked: Type.String({ description: 'The latest sample, masked.' }),
      field: Type.String({ description: 'Where that stood.' }),
      last: time(),
    }),
  ),
  persons: Type.Integer({
    minimum: 0,
    description: 'About how many persons’ data it is; 0: nobody is told from others.',
  }),
  flows: count(),
  bytes: count(),
  first: time(),
  last: time(),
  flags: Type.Array(flag),
  beyond: Type.Array(categorySchema, {
    description: 'Categories that the partner is not declared to receive.',
  }),
  groundless: texts('Countries for which no ground of the transfer is declared.'),
  elsewhere: texts('Countries in which the partner is not declared to be.'),
  flowIds: texts('The latest flows that it was seen in; their findings: /api/v1/findings?flow=….'),
})

const subProcessor = Type.Object({
  name: Type.String(),
  country: Type.String(),
  purpose: Type.Optional(Type.String()),
  transferMechanism: Type.Optional(mechanism),
})

/** A declared partner, and what was seen to go to it. */
export const processorItem = Type.Object({
  type: Type.Literal('processor'),
  name: Type.String(),
  displayName: Type.String(),
  role: Type.Enum([...processorRoles]),
  country: Type.String(),
  contract: Type.Optional(Type.String()),
  contractDate: Type.Optional(Type.String()),
  transferMechanism: Type.Optional(mechanism),
  transferReference: Type.Optional(Type.String()),
  subProcessors: Type.Optional(Type.Array(subProcessor)),
  purposes: Type.Optional(texts()),
  securityMeasures: Type.Optional(texts()),
  contact: Type.Optional(Type.String()),
  categories: Type.Array(categorySchema),
  addresses: texts(),
  groups: texts(),
  observed: Type.Object({
    transfers: texts('Ids of transfers to it.'),
    categories: Type.Array(categorySchema),
    countries: texts(),
    persons: Type.Integer({ minimum: 0, description: 'The most of one of its transfers.' }),
    first: Type.Union([time(), Type.Null()]),
    last: Type.Union([time(), Type.Null()], { description: 'Null where nothing was seen to go to it.' }),
  }),
})

/** What countries were told by. */
export const countrySource = Type.Object({
  name: Type.String(),
  builtAt: Type.Union([time(), Type.Null()], { description: 'Null where it could not be loaded.' }),
  rules: Type.String({ description: 'What says which of them are adequate.' }),
  rulesDate: Type.String({ description: 'Of which day that is.' }),
})

const nullableText = nullable(Type.String())
const nullableTime = Type.Union([time(), Type.Null()])

/** Something that is otherwise than it is declared, or than the law asks. */
export const differenceItem = Type.Object({
  type: Type.Literal('difference'),
  id: Type.String({ description: 'The same as long as it is about the same.' }),
  kind: Type.Enum([...differenceKinds]),
  severity: Type.Enum(['high', 'medium', 'low']),
  state: Type.Enum(['open', 'accepted']),
  text: Type.String(),
  law: Type.String(),
  certainty: Type.Enum(['seen', 'possible'], {
    description: '`possible`: it is encrypted, and may be personal data.',
  }),
  senders: texts('Ids of parties.'),
  recipient: Type.Union([
    Type.Object({ id: Type.String(), name: Type.String(), processor: nullableText }),
    Type.Null(),
  ]),
  categories: Type.Array(categorySchema),
  country: nullableText,
  application: nullableText,
  persons: count(),
  transfers: texts('Ids of transfers that show it.'),
  first: nullableTime,
  last: nullableTime,
  resolutions: Type.Array(Type.Enum([...resolutionKinds])),
  acceptance: Type.Union([
    Type.Object({
      by: Type.String(),
      reason: Type.String(),
      at: time(),
      until: time(),
      categories: Type.Array(categorySchema),
    }),
    Type.Null(),
  ]),
  reopened: Type.Union([Type.Enum(['expired', 'more-categories']), Type.Null()], {
    description: 'Why one that was accepted is open again.',
  }),
})

/** What resolves a difference: objects of a policy, to be looked through, completed and applied. */
export const resolutionItem = Type.Object({
  type: Type.Literal('resolution'),
  yaml: Type.String(),
  missing: texts('What a person still has to write, or look at.'),
})

const documentTable = Type.Object({
  columns: texts(),
  rows: Type.Array(
    Type.Object({
      cells: texts(),
      records: texts('Ids of the transfers and differences that the row was made of.'),
    }),
  ),
})

/** A draft that a person completes. */
export const documentItem = Type.Object({
  type: Type.Literal('document'),
  kind: Type.Enum([...documentKinds]),
  title: Type.String(),
  at: time(),
  since: nullableTime,
  notice: Type.String(),
  basis: texts('What its figures rest on, and how far they can be trusted.'),
  overview: documentTable,
  sections: Type.Array(
    Type.Object({
      title: Type.String(),
      law: Type.String(),
      lines: texts(),
      table: Type.Union([documentTable, Type.Null()]),
      toFill: texts('What only a person can say.'),
    }),
  ),
  missing: texts('All that a person has to say, with its section.'),
})
