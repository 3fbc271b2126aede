import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { controllerName, type nodeProtocols } from '../../certificates/node-names.ts'
import { enforcerLimits } from '../limits.ts'

/** Where a controller listens for nodes. */
export interface ControllerAddress {
  host: string
  port: number
}

export interface NodeConnection extends ControllerAddress {
  /** That the other side must be signed by, PEM; null for nobody yet: then nothing may be said to it. */
  authority: string | null
  /** What is to be spoken. */
  protocol: (typeof nodeProtocols)[keyof typeof nodeProtocols]
  /** Of this machine, PEM. */
  certificate?: string
  key?: string
}

/** A connection over TLS 1.3 that is ready (`secureConnect`) only once the other side has shown that it is the controller. */
export function connectNode({
  authority,
  protocol,
  certificate,
  key,
  ...address
}: NodeConnection): TLSSocket {
  const options: ConnectionOptions = {
    ...{ ...address, servername: controllerName, ALPNProtocols: [protocol] },
    ...{ minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' },
    ...(authority === null ? { rejectUnauthorized: false } : { ca: authority }),
    ...(certificate !== undefined && key !== undefined && { cert: certificate, key }),
  }
  const socket = connect(options)
  // Whoever takes the connection and says nothing must not be waited for.
  const timer = setTimeout(() => socket.destroy(new Error('no answer in time')), enforcerLimits.handshakeMs)
  socket.once('secureConnect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  return socket
}

/** Whether a connection failed because the other side is not, or not for certain, the controller. */
export function isDistrust(error: NodeJS.ErrnoException): boolean {
  return distrust.has(error.code ?? '')
}

/** Of Node's verification of certificates (X509_V_ERR_* of OpenSSL) and of names. */
const distrust = new Set([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])
