import { rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { listenOnSocket } from '../lib/unix-socket.ts'
import { controllerLimits } from './limits.ts'

/** The Unix socket that enforcers connect to; only its owner can. */
export class EnforcerListener {
  readonly #server: Server
  readonly #path: string
  readonly #sockets = new Set<Socket>()

  private constructor(server: Server, path: string) {
    this.#server = server
    this.#path = path
  }

  /**
   * Listens on `path`, in a folder that belongs to its owner only.
   *
   * @throws SocketError where the path is too long, in use, or not ours to use.
   */
  static async listen(path: string, accept: (socket: Socket) => void): Promise<EnforcerListener> {
    const server = createServer()
    server.maxConnections = controllerLimits.connections
    const listener = new EnforcerListener(server, path)
    server.on('connection', (socket) => {
      listener.#sockets.add(socket)
      socket.on('close', () => listener.#sockets.delete(socket))
      accept(socket)
    })
    await listenOnSocket(server, path)
    return listener
  }

  /** Ends what is connected and removes the socket. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const socket of this.#sockets) socket.destroy()
    await closed
    rmSync(this.#path, { force: true })
  }
}
