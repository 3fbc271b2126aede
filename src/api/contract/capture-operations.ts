import { Type, type Static } from 'typebox'
import { automaticCaptures } from '../../model/captures.ts'
import { apiLimits } from './limits.ts'
import { type Operation, operation } from './operation.ts'

/** Recorded packets: what is to be recorded, the files, and opening one, which takes a reason and is on record. */

const strict = { additionalProperties: false }
const text = (description: string) =>
  Type.String({ minLength: 1, maxLength: apiLimits.filterLength, description })
const count = () => Type.Integer({ minimum: 0 })
const time = () => Type.String({ format: 'date-time' })
const reason = Type.String({ minLength: 3, maxLength: 500, description: 'Why, for the record.' })
const nullable = <Of extends ReturnType<typeof Type.String>>(schema: Of) => Type.Union([schema, Type.Null()])

const captureInput = Type.Object(
  {
    workload: Type.Optional(text('Id of the workload.')),
    group: Type.Optional(text('Workloads of this group that run now; in place of one.')),
    filter: Type.Optional(
      Type.String({
        maxLength: 1024,
        description: 'As in pcap: `tcp port 80 and not host 10.0.0.5`. All packets without.',
      }),
    ),
    headersOnly: Type.Optional(Type.Boolean({ description: 'Leaves the payload out.' })),
    masked: Type.Optional(
      Type.Boolean({
        description: 'Masks personal data in the payload, before it is kept. Files have 2 MiB at most.',
      }),
    ),
    seconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 86_400, description: 'For how long; 60 where it is left out.' }),
    ),
    fileBytes: Type.Optional(
      Type.Integer({ minimum: 65_536, maximum: 67_108_864, description: '8 MiB where it is left out.' }),
    ),
    files: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 64,
        description: 'The newest so many are kept; 4 where it is left out.',
      }),
    ),
    reason,
    onBehalfOf: Type.Optional(text('Of the command line: who runs it.')),
  },
  strict,
)
export type CaptureInput = Static<typeof captureInput>

const stopInput = Type.Object(
  { onBehalfOf: Type.Optional(text('Of the command line: who runs it.')) },
  strict,
)

const order = Type.Object({
  id: Type.String(),
  workloads: Type.Array(Type.String()),
  filter: Type.String(),
  headersOnly: Type.Boolean(),
  masked: Type.Boolean(),
  fileBytes: count(),
  files: count(),
  until: time(),
  by: Type.String(),
  reason: Type.String(),
  at: time(),
})
export type CaptureItem = Static<typeof order>

const file = Type.Object({
  file: Type.String(),
  enforcer: Type.String(),
  capture: nullable(Type.String({ description: 'The order; null where it began by itself.' })),
  workload: Type.String(),
  finding: Type.Union(
    [Type.Object({ type: Type.String(), id: Type.String(), name: Type.String() }), Type.Null()],
    { description: 'What was found, where it began by itself.' },
  ),
  since: time(),
  until: time(),
  bytes: count(),
  packets: count(),
  dropped: Type.Integer({ minimum: 0, description: 'Packets that matched and found no room.' }),
  headersOnly: Type.Boolean(),
  masked: Type.Boolean({ description: 'Personal data in it was masked before it was kept.' }),
  state: Type.Enum(['open', 'whole', 'cut'], { description: '`cut`: its end never came.' }),
})
export type CaptureFileItem = Static<typeof file>

const capturesItem = Type.Object({
  automatic: Type.Enum(automaticCaptures, { description: 'What is recorded where something is found.' }),
  orders: Type.Array(order),
  files: Type.Array(file),
})
export type CaptureList = Static<typeof capturesItem>

const id = Type.Object({ id: text('Of the order.') }, strict)
const fileName = Type.Object({ file: text('Name of the file.') }, strict)
const openQuery = Type.Object(
  {
    reason,
    onBehalfOf: Type.Optional(text('Of the command line: who runs it.')),
    masked: Type.Optional(
      Type.Boolean({ description: 'Masks personal data in the payload; checksums are mended.' }),
    ),
  },
  strict,
)
export type OpenQuery = Static<typeof openQuery>

const listQuery = Type.Object(
  {
    workload: Type.Optional(text('Files of this workload, by its id.')),
    at: Type.Optional(
      Type.String({ format: 'date-time', description: 'Files that were recorded at this time.' }),
    ),
  },
  strict,
)
export type CapturesQuery = Static<typeof listQuery>

const packetsQuery = Type.Object(
  {
    ...openQuery.properties,
    from: Type.Integer({ minimum: 1, default: 1, description: 'Number of the first packet.' }),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'Packets, at most.' }),
  },
  strict,
)
export type PacketsQuery = Static<typeof packetsQuery>

const packetsItem = Type.Object({
  type: Type.Literal('packets'),
  packets: Type.Array(
    Type.Object({
      number: Type.Integer({ minimum: 1 }),
      at: time(),
      length: count(),
      protocol: Type.String({ description: '`tcp`, `udp`, …; `not decoded` where it is not known.' }),
      from: Type.String({ description: 'Address and port.' }),
      to: Type.String(),
      flags: Type.String({ description: 'Of TCP.' }),
      data: Type.String({
        description: 'Its first bytes, in base64; as they were, where `masked` is not asked for.',
      }),
      payloadAt: Type.Integer({ minimum: 0, description: 'Where the payload begins in `data`.' }),
      isCut: Type.Boolean({ description: 'It has more bytes.' }),
    }),
  ),
  count: Type.Integer({ minimum: 0, description: 'Packets of the file.' }),
  problem: nullable(Type.String({ description: 'What was wrong with the file.' })),
})
export type PacketPage = Static<typeof packetsItem>

const access = 'captures:manage'

export const captureOperations = {
  captures: {
    ...operation('What is recorded of packets, and the files, newest first', {
      id: 'captures',
      method: 'GET',
      path: '/api/v1/captures',
      access,
      response: capturesItem,
      problems: [404],
    }),
    query: listQuery,
  },
  startCapture: operation('Record packets of a workload or a group', {
    ...{ id: 'startCapture', method: 'POST', path: '/api/v1/captures', access },
    ...{ body: captureInput, response: order, problems: [404, 409] },
  }),
  stopCapture: operation('End an order; what is written so far stays', {
    ...{ id: 'stopCapture', method: 'POST', path: '/api/v1/captures/:id/stop', access },
    ...{ params: id, body: stopInput, response: order, problems: [404] },
  }),
  openCapture: {
    ...operation('The packets of a file, decrypted, as pcapng', {
      ...{ id: 'openCapture', method: 'GET', path: '/api/v1/captures/files/:file', access, changes: true },
      ...{
        params: fileName,
        response: Type.String({ contentMediaType: 'application/octet-stream' }),
        problems: [404, 409],
      },
    }),
    query: openQuery,
    contentType: 'application/octet-stream',
  },
  capturePackets: {
    ...operation('The packets of a file, decrypted, one by one for people', {
      ...{ id: 'capturePackets', method: 'GET', path: '/api/v1/captures/files/:file/packets', access },
      ...{ changes: true, params: fileName, response: packetsItem, problems: [404, 409] },
    }),
    query: packetsQuery,
  },
} as const satisfies Record<string, Operation>
