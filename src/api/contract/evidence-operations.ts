import { Type, type Static } from 'typebox'
import { evidenceKinds, witnessKinds } from '../../model/evidence-kinds.ts'
import { apiLimits } from './limits.ts'
import { type Operation, operation } from './operation.ts'
import { paging } from './queries.ts'

/** The evidence ledger: what is in it, and proofs that need no trust in who gives them. */

const number = (description: string, minimum = 0) =>
  Type.Integer({ minimum, maximum: Number.MAX_SAFE_INTEGER, description })
const base64 = Type.String({ contentEncoding: 'base64' })
const strict = { additionalProperties: false }

const times = {
  since: Type.Optional(Type.String({ format: 'date-time', description: 'Entries of this time or later.' })),
  until: Type.Optional(Type.String({ format: 'date-time', description: 'Entries before this time.' })),
}

const entriesQuery = Type.Object(
  {
    from: Type.Optional(number('Number of the first entry; 0 where it is left out.')),
    to: Type.Optional(number('Only entries before this one.', 1)),
    ...times,
    order: Type.Unsafe<'oldest' | 'newest'>(
      Type.String({ enum: ['oldest', 'newest'], default: 'oldest', description: 'Which come first.' }),
    ),
    kind: Type.Optional(Type.Enum(evidenceKinds, { description: 'Only what is about this.' })),
    limit: Type.Integer({
      minimum: 1,
      maximum: apiLimits.pageItems.most,
      default: apiLimits.pageItems.usual,
      description: 'Entries, at most.',
    }),
    format: paging.format,
  },
  strict,
)
export type EvidenceEntriesQuery = Omit<Static<typeof entriesQuery>, 'format'>

const inclusionQuery = Type.Object(
  {
    index: number('Number of the entry.'),
    size: number('Of the ledger that it is to be in, in entries.', 1),
  },
  strict,
)
export type InclusionQuery = Static<typeof inclusionQuery>

const consistencyQuery = Type.Object(
  { first: number('Size of the ledger before.', 1), second: number('Size of the ledger after.', 1) },
  strict,
)
export type ConsistencyQuery = Static<typeof consistencyQuery>

const bundleQuery = Type.Object(
  {
    ...times,
    case: Type.Optional(
      Type.String({
        pattern: '^case-\\d{4}-\\d{4,9}$',
        description:
          'A breach case: entries from when it began to what was done about it last; in place of times.',
      }),
    ),
  },
  strict,
)
export type BundleQuery = Static<typeof bundleQuery>

const checkpointsQuery = Type.Object(
  {
    to: Type.Optional(number('Only of at most so many entries.', 1)),
    limit: Type.Integer({
      minimum: 1,
      maximum: apiLimits.pageItems.most,
      default: apiLimits.pageItems.usual,
      description: 'Heads, at most.',
    }),
    format: paging.format,
  },
  strict,
)
export type CheckpointsQuery = Omit<Static<typeof checkpointsQuery>, 'format'>

export const evidenceCheckpoint = Type.Object({
  size: number('Entries of the ledger then.'),
  root: base64,
  time: Type.String({ format: 'date-time' }),
  note: Type.String({ description: 'The head as it was signed: a checkpoint as transparency logs have it.' }),
})
const rotateBody = Type.Object(
  {
    reason: Type.String({ minLength: 1, maxLength: apiLimits.caseText, description: 'Why, for the record.' }),
    onBehalfOf: Type.Optional(Type.String({ maxLength: apiLimits.filterLength })),
  },
  strict,
)

const day = Type.String({ format: 'date', description: 'A day in UTC.' })
const erasureBody = Type.Object(
  {
    ...rotateBody.properties,
    from: Type.Optional(
      Type.String({ format: 'date', description: 'The first day, in UTC; the oldest where it is left out.' }),
    ),
    before: Type.String({ format: 'date', description: 'The day after the last, in UTC: today at most.' }),
  },
  strict,
)
export type ErasureBody = Static<typeof erasureBody>

const time = Type.String({ format: 'date-time' })

const witnessState = Type.Object({
  kind: Type.Enum([...witnessKinds]),
  name: Type.String(),
  last: Type.Union([
    Type.Object({ size: number('Entries of the head that it took.'), at: time }),
    Type.Null(),
  ]),
  failing: Type.Union([Type.Object({ since: time, why: Type.String() }), Type.Null()]),
})

export const evidenceStatus = Type.Object({
  origin: Type.String({ description: 'Which ledger: the name that it signs under.' }),
  key: Type.String({ description: 'Its public key, as `pavise evidence verify --key` takes it.' }),
  fingerprint: Type.String({ description: 'SHA-256 of the public key (DER, RFC 8410), hexadecimal.' }),
  size: number('Entries.'),
  checkpoint: Type.Union([evidenceCheckpoint, Type.Null()], {
    description: 'The head that was signed last; null before the first.',
  }),
  handOvers: number('Times that the key was handed over to another.'),
  witnesses: Type.Array(witnessState, { description: 'Who is told of heads, and how that goes.' }),
})

export const evidenceEntry = Type.Object({
  index: number('Its place, from 0 on.'),
  time: Type.String({ format: 'date-time' }),
  kind: Type.Enum(evidenceKinds),
  actor: Type.String({ description: 'Who did it.' }),
  body: Type.Unknown({ description: 'What was recorded; null once it was erased.' }),
  header: Type.String({ description: 'What is hashed: its leaf in the tree (RFC 9162).' }),
  salt: Type.Union([base64, Type.Null()], {
    description:
      '`body` of the header is HMAC-SHA-256 under this salt of `recorded`; null once it was erased.',
  }),
  recorded: Type.Union([Type.String(), Type.Null()], { description: 'The body, character by character.' }),
})

const proof = Type.Object({
  proof: Type.Array(base64, { description: 'Hashes in the order of RFC 9162.' }),
})

const evidenceRead = { method: 'GET', access: 'evidence:read' } as const

export const evidenceOperations = {
  evidence: operation('The evidence ledger, and the key that it is signed with', {
    ...{ ...evidenceRead, id: 'evidence', path: '/api/v1/evidence', response: evidenceStatus },
  }),
  rotateEvidenceKey: operation('Go on with another signing key: the old one signs it, and is destroyed', {
    ...{ id: 'rotateEvidenceKey', method: 'POST', path: '/api/v1/evidence/key', access: 'evidence:manage' },
    ...{ body: rotateBody, response: evidenceStatus },
  }),
  eraseEvidence: operation(
    'Destroy the keys of days: the contents of their entries are gone, in every copy; headers and proofs stay',
    {
      ...{ id: 'eraseEvidence', method: 'POST', path: '/api/v1/evidence/erasure', access: 'evidence:manage' },
      ...{ body: erasureBody, response: Type.Object({ days: Type.Array(day) }) },
    },
  ),
  evidenceEntries: {
    ...operation('Entries of the ledger, oldest or newest first', {
      ...{ ...evidenceRead, id: 'evidenceEntries', path: '/api/v1/evidence/entries' },
      response: Type.Object({
        items: Type.Array(evidenceEntry),
        next: Type.Union([Type.Integer(), Type.Null()], {
          description: '`from` of the next page, or `to` where the newest come first; null on the last.',
        }),
      }),
    }),
    query: entriesQuery,
  },
  checkpoint: {
    ...operation('The signed head of the ledger as it is now: a checkpoint as transparency logs have it', {
      ...{ ...evidenceRead, id: 'checkpoint', path: '/api/v1/evidence/checkpoint', response: Type.String() },
    }),
    contentType: 'text/plain',
  },
  evidenceCheckpoints: {
    ...operation('Heads of the ledger that were signed, newest first', {
      ...{ ...evidenceRead, id: 'evidenceCheckpoints', path: '/api/v1/evidence/checkpoints' },
      response: Type.Object({
        items: Type.Array(evidenceCheckpoint),
        next: Type.Union([Type.Integer(), Type.Null()], { description: '`to` of the next page.' }),
      }),
    }),
    query: checkpointsQuery,
  },
  inclusionProof: {
    ...operation('That an entry is in the ledger (RFC 9162 section 2.1.3)', {
      ...{
        ...evidenceRead,
        id: 'inclusionProof',
        path: '/api/v1/evidence/proofs/inclusion',
        response: proof,
      },
      problems: [404],
    }),
    query: inclusionQuery,
  },
  consistencyProof: {
    ...operation('That the ledger only grew (RFC 9162 section 2.1.4)', {
      ...{
        ...evidenceRead,
        id: 'consistencyProof',
        path: '/api/v1/evidence/proofs/consistency',
        response: proof,
      },
      problems: [404],
    }),
    query: consistencyQuery,
  },
  evidenceBundle: {
    ...operation('Entries with their proofs and signatures, as a ZIP file that can be checked offline', {
      ...{ ...evidenceRead, id: 'evidenceBundle', path: '/api/v1/evidence/bundle' },
      response: Type.String({ contentMediaType: 'application/zip' }),
      problems: [404],
    }),
    query: bundleQuery,
    contentType: 'application/zip',
  },
} as const satisfies Record<string, Operation>
