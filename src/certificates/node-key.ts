import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import type { NodeKeyOffer } from '../model/node-messages.ts'

/** RFC 8446 section 7.5: a value that only the two ends of this very connection know. */
const exporterLabel = 'EXPORTER-pavise-node-key'
const exporterBytes = 32

/** A key for this connection's other side to certify. */
export function offerKey(
  socket: TLSSocket,
  keys: { publicKey: KeyObject; privateKey: KeyObject },
): NodeKeyOffer {
  const info = keys.publicKey.export({ type: 'spki', format: 'der' })
  const proof = sign('sha256', proven(socket, info), keys.privateKey)
  return { publicKey: info.toString('base64'), proof: proof.toString('base64') }
}

/** The key, where it is one on P-256 and whoever offers it over this connection has it; null otherwise. Never throws. */
export function provenKey(socket: TLSSocket, { publicKey, proof }: NodeKeyOffer): KeyObject | null {
  try {
    const info = Buffer.from(publicKey, 'base64')
    const key = createPublicKey({ key: info, type: 'spki', format: 'der' })
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return null
    return verify('sha256', proven(socket, info), key, Buffer.from(proof, 'base64')) ? key : null
  } catch {
    return null
  }
}

function proven(socket: TLSSocket, info: Buffer): Buffer {
  const exported = socket.exportKeyingMaterial(exporterBytes, exporterLabel, Buffer.alloc(0))
  return Buffer.concat([exported, info])
}
