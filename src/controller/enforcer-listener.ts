import { chmodSync, lstatSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { ControllerError } from './controller-error.ts'
import { controllerLimits } from './limits.ts'

/** `sun_path` of unix(7) holds 108 bytes with the terminating zero. */
const socketPathBytes = 107

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
   * Listens on `path`, taking over a socket that a killed controller left. The folder must belong to its owner only
   * (0700): between binding and changing its mode the socket is as open as the umask leaves it.
   *
   * @throws ControllerError where the path is too long, in use, or not ours to use.
   */
  static async listen(path: string, accept: (socket: Socket) => void): Promise<EnforcerListener> {
    if (Buffer.byteLength(path) > socketPathBytes) {
      throw new ControllerError('SOCKET_PATH_TOO_LONG', `${path} is longer than ${socketPathBytes} bytes.`, {
        nextStep: 'Use a shorter --state-dir.',
      })
    }
    await removeStale(path)
    const server = createServer()
    server.maxConnections = controllerLimits.connections
    const listener = new EnforcerListener(server, path)
    server.on('connection', (socket) => {
      listener.#sockets.add(socket)
      socket.on('close', () => listener.#sockets.delete(socket))
      accept(socket)
    })
    await bind(server, path)
    chmodSync(path, 0o600)
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

function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new ControllerError('SOCKET_UNAVAILABLE', `${path}: ${error.message}`, {
          cause: error,
          nextStep: 'Make the state folder writable for this user, or use another --state-dir.',
        }),
      ),
    )
    server.listen(path, resolve)
  })
}

/** Removes a socket that nobody listens on; anything else is left alone. */
async function removeStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found) return
  const nextStep = 'Stop what uses it, or use another --state-dir.'
  if (!found.isSocket()) throw new ControllerError('SOCKET_TAKEN', `${path} is not a socket.`, { nextStep })
  if (await answers(path)) throw new ControllerError('SOCKET_TAKEN', `${path} is in use.`, { nextStep })
  rmSync(path, { force: true })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
