import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { nodeProtocols } from '../../src/certificates/node-names.ts'
import type { NodeAccess } from '../../src/controller/nodes/node-access.ts'
import { openIdentity } from '../../src/enforcer/uplink/join.ts'
import { connectNode, type ControllerAddress } from '../../src/enforcer/uplink/node-connection.ts'
import type { NodeIdentity } from '../../src/enforcer/uplink/node-identity.ts'
import type { Running } from './fixture.ts'

export interface JoinedNode {
  identity: NodeIdentity
  /** Its state. */
  folder: string
  controller: ControllerAddress
  /** A connection that shows this identity, or another. */
  connect: (change?: Partial<NodeIdentity>) => TLSSocket
}

export function accessOf({ controller }: Pick<Running, 'controller'>): NodeAccess {
  if (controller.nodes === undefined)
    throw new Error('The controller of this test does not listen for nodes.')
  return controller.nodes
}

export function addressOf(running: Pick<Running, 'controller'>): ControllerAddress {
  return { host: '127.0.0.1', port: accessOf(running).port }
}

/** A token that is good for an hour, or as long as is said. */
export async function tokenFor(running: Pick<Running, 'controller'>, validMs = 3_600_000): Promise<string> {
  return (await accessOf(running).makeToken('test', validMs))?.token ?? ''
}

/** Joins as a node would, with a token that was made for it. */
export async function joinAs(running: Running, name: string): Promise<JoinedNode> {
  return joinedNode({
    name,
    token: await tokenFor(running),
    controller: addressOf(running),
    in: running.folder,
  })
}

export async function joinedNode(place: {
  name: string
  token: string
  controller: ControllerAddress
  /** A folder for its state is made there. */
  in: string
}): Promise<JoinedNode> {
  const { name, token, controller } = place
  const folder = join(place.in, `state-of-${name}`)
  mkdirSync(folder, { recursive: true })
  const identity = await openIdentity({ controller, token, name, folder })
  return {
    identity,
    folder,
    controller,
    connect: (change) => connectAs(controller, { ...identity, ...change }),
  }
}

export function connectAs(
  controller: ControllerAddress,
  { authority, certificate, key }: Pick<NodeIdentity, 'authority' | 'certificate' | 'key'>,
): TLSSocket {
  const protocol = nodeProtocols.enforcer
  return connectNode({ ...controller, authority, certificate, key, protocol })
}
