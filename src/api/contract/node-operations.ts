import { Type, type Static } from 'typebox'
import { apiLimits } from './limits.ts'
import { type Operation, operation, pagedListing } from './operation.ts'

/** The machines that report over the network: which there are, tokens by which more join, and removing one. */

const strict = { additionalProperties: false }
const text = (description: string) =>
  Type.String({ minLength: 1, maxLength: apiLimits.filterLength, description })
const time = (description = '') =>
  Type.String({ format: 'date-time', ...(description !== '' && { description }) })
const onBehalfOf = Type.Optional(text('Of the command line: who runs it.'))

export const nodeItem = Type.Object({
  type: Type.Literal('node'),
  id: Type.String(),
  name: Type.String({ description: 'Also the name of its enforcer.' }),
  joinedAt: time(),
  certificateUntil: time('Until when it can connect without having renewed its certificate.'),
  connected: Type.Boolean(),
  since: Type.Union([time(), Type.Null()], {
    description: 'Since when it is connected, or is not; null where it was not since the controller began.',
  }),
  version: Type.Union([Type.String(), Type.Null()]),
  policyIsCurrent: Type.Optional(Type.Boolean({ description: 'Whether it goes by the policy that holds.' })),
})
export type NodeItem = Static<typeof nodeItem>

const listening = Type.Boolean({ description: 'Whether nodes can connect to this Pavise at all.' })

export interface NodeList {
  listening: boolean
  items: NodeItem[]
}

const joinTokenInput = Type.Object(
  {
    seconds: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 86_400,
        description: 'How long it can be used; an hour where it is left out.',
      }),
    ),
    onBehalfOf,
  },
  strict,
)
export type JoinTokenInput = Static<typeof joinTokenInput>

const newJoinToken = Type.Object({
  type: Type.Literal('new-join-token'),
  id: Type.String(),
  token: Type.String({ description: 'Shown this once: only a hash of it is kept.' }),
  expiresAt: time(),
  port: Type.Integer({ description: 'On which nodes connect.' }),
})
export type NewJoinToken = Static<typeof newJoinToken>

const joinTokenItem = Type.Object({
  type: Type.Literal('join-token'),
  id: Type.String(),
  createdAt: time(),
  createdBy: Type.String(),
  expiresAt: time(),
})
export type JoinTokenItem = Static<typeof joinTokenItem>

const removal = Type.Object(
  { reason: Type.String({ minLength: 3, maxLength: 500, description: 'Why, for the record.' }), onBehalfOf },
  strict,
)

const nodeName = Type.Object({ name: text('Of the node.') }, strict)
const id = Type.Object({ id: text('Of the token.') }, strict)
const access = 'nodes:manage'

export const nodeOperations = {
  nodes: pagedListing('The machines that report over the network, by name', {
    ...{ id: 'nodes', method: 'GET', path: '/api/v1/nodes', access: 'status:read' },
    ...{ items: nodeItem, more: { listening }, areFew: true },
  }),
  removeNode: operation('End the connection of a node at once and let it in no more', {
    ...{ id: 'removeNode', method: 'POST', path: '/api/v1/nodes/:name/remove', access },
    ...{ params: nodeName, body: removal, response: nodeItem, problems: [404, 409] },
  }),
  joinTokens: pagedListing('Tokens to join by that can still be used, without their secrets, latest first', {
    ...{ id: 'joinTokens', method: 'GET', path: '/api/v1/join-tokens', access },
    ...{ items: joinTokenItem, areFew: true },
  }),
  addJoinToken: operation('A token by which one machine joins, once', {
    ...{ id: 'addJoinToken', method: 'POST', path: '/api/v1/join-tokens', access },
    ...{ body: joinTokenInput, response: newJoinToken, problems: [409] },
  }),
  removeJoinToken: operation('Let nobody join by a token any more', {
    ...{ id: 'removeJoinToken', method: 'DELETE', path: '/api/v1/join-tokens/:id', access },
    ...{ params: id, response: Type.Object({}), problems: [404, 409] },
  }),
} as const satisfies Record<string, Operation>
