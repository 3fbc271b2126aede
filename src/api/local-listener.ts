import { createServer, type Server } from 'node:http'
import { rmSync } from 'node:fs'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { listenOnSocket } from '../lib/unix-socket.ts'
import { serverLimits } from './limits.ts'

/**
 * The API on a Unix socket in the state folder, for the command line on this machine. Whoever may open the socket owns
 * the folder, with the keys and the store in it: there is nothing left to keep from them, so nothing is asked of them.
 */
export class LocalListener {
  readonly #server: Server
  readonly #path: string
  readonly #sockets = new WeakSet<Socket>()

  /** @param server whose `routing` answers; it has to be ready */
  constructor(server: FastifyInstance, path: string) {
    this.#path = path
    this.#server = createServer((request, response) => server.routing(request, response))
    this.#server.maxConnections = serverLimits.connections
    this.#server.requestTimeout = serverLimits.requestMs
    this.#server.on('connection', (socket) => this.#sockets.add(socket))
  }

  /** @throws SocketError where the socket cannot be had */
  listen(): Promise<void> {
    return listenOnSocket(this.#server, this.#path)
  }

  /** Whether a request came over it. */
  owns(socket: Socket): boolean {
    return this.#sockets.has(socket)
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.#server.closeAllConnections()
    await closed
    rmSync(this.#path, { force: true })
  }
}
