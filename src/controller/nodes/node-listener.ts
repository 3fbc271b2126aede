import { X509Certificate } from 'node:crypto'
import { createServer, type TLSSocket, type Server } from 'node:tls'
import { fingerprintOf, nodeIdIn, nodeProtocols } from '../../certificates/node-names.ts'
import type { NodeRefusal } from '../../model/node-messages.ts'
import type { StoredNode } from '../../store/node-store.ts'
import { ControllerError } from '../controller-error.ts'
import { controllerLimits } from '../limits.ts'
import { endSoon } from './end-soon.ts'
import type { ControllerCertificate } from './node-authority.ts'
import { refusals } from './refusals.ts'

export interface NodeListenerOptions {
  host: string
  /** 0 for any that is free. */
  port: number
  certificate: ControllerCertificate
  /** That signs for nodes, PEM. */
  authority: string
  recognise: (id: string, fingerprint: string) => StoredNode | NodeRefusal
  /** A node has shown who it is. */
  enter: (socket: TLSSocket, node: StoredNode) => void
  /** A machine wants to join; its connection is to end in `refusalMs` or when it has said nothing for `helloMs`. */
  join: (socket: TLSSocket, done: () => void) => void
  refused: (refusal: NodeRefusal, from: string) => void
}

/**
 * The port on which nodes connect: TLS 1.3, in which both sides show who they are. A machine that joins has no certificate yet and
 * is given nothing but an answer to its request.
 */
export class NodeListener {
  readonly #server: Server
  readonly #options: NodeListenerOptions
  readonly #sockets = new Set<TLSSocket>()
  /** Connections that are not let in. */
  #strangers = 0

  private constructor(server: Server, options: NodeListenerOptions) {
    this.#server = server
    this.#options = options
  }

  /** @throws ControllerError where the port cannot be had */
  static async listen(options: NodeListenerOptions): Promise<NodeListener> {
    const { authority, certificate, host, port } = options
    const server = createServer({
      ...contextOf(certificate, authority),
      requestCert: true,
      rejectUnauthorized: false, // Who joins has none; everyone else is told why it is not taken.
      ALPNProtocols: Object.values(nodeProtocols),
      handshakeTimeout: controllerLimits.nodeHandshakeMs,
    })
    server.maxConnections = controllerLimits.connections + controllerLimits.strangers
    const listener = new NodeListener(server, options)
    server.on('secureConnection', (socket) => listener.#take(socket))
    server.on('tlsClientError', (_error, socket) => socket.destroy())
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(explain(error, options)))
      server.listen(port, host, resolve)
    })
    return listener
  }

  /** The port that it has. */
  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : this.#options.port
  }

  /** Shown to those who connect from now on; connections that are there go on. */
  show(certificate: ControllerCertificate): void {
    this.#server.setSecureContext(contextOf(certificate, this.#options.authority))
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #take(socket: TLSSocket): void {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    if (socket.alpnProtocol === nodeProtocols.enforcer) return this.#admit(socket)
    if (socket.alpnProtocol !== nodeProtocols.join || this.#strangers >= controllerLimits.strangers)
      return void socket.destroy()
    this.#strangers++
    socket.once('close', () => this.#strangers--)
    this.#options.join(socket, () => endSoon(socket))
  }

  #admit(socket: TLSSocket): void {
    const known = this.#whoIs(socket)
    if (!('kind' in known)) return this.#options.enter(socket, known)
    this.#options.refused(known, socket.remoteAddress ?? '')
    refuse(socket, known)
  }

  #whoIs(socket: TLSSocket): StoredNode | NodeRefusal {
    const certificate = socket.getPeerX509Certificate()
    if (certificate === undefined) return refusals.invalid('it has none')
    if (!socket.authorized) return refusals.invalid(String(socket.authorizationError))
    const id = nodeIdIn(new X509Certificate(certificate.raw))
    if (id === null) return refusals.invalid('it is of no node')
    return this.#options.recognise(id, fingerprintOf(certificate))
  }
}

/** Says why, and ends the connection, whether that is read or not. */
function refuse(socket: TLSSocket, refusal: NodeRefusal): void {
  socket.write(`${JSON.stringify(refusal)}\n`)
  endSoon(socket)
}

function contextOf({ chain, key }: ControllerCertificate, authority: string) {
  return { cert: chain, key, ca: authority, minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3' } as const
}

function explain(error: NodeJS.ErrnoException, { host, port }: NodeListenerOptions): ControllerError {
  const options = { cause: error, nextStep: 'Choose another with --listen, such as --listen 0.0.0.0:7441.' }
  return error.code === 'EADDRINUSE'
    ? new ControllerError('NODE_PORT_TAKEN', `Port ${port} on ${host} is in use.`, options)
    : new ControllerError('NODE_PORT_UNAVAILABLE', `Port ${port} on ${host}: ${error.message}`, options)
}
