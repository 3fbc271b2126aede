import { chmodSync, lstatSync, rmSync } from 'node:fs'
import { connect, type Server } from 'node:net'
import { PaviseError } from './errors.ts'

export class SocketError extends PaviseError<
  /** Another process listens on the socket, or something that is no socket stands there. */
  | 'SOCKET_TAKEN'
  /** Longer than the kernel takes (sun_path). */
  | 'SOCKET_PATH_TOO_LONG'
  | 'SOCKET_UNAVAILABLE'
> {}

/** `sun_path` of unix(7) holds 108 bytes with the terminating zero. */
const socketPathBytes = 107

/**
 * Makes a server listen on a Unix socket that only its owner can open, taking over one that a killed process left. The
 * folder must belong to its owner only (0700): between binding and changing its mode the socket is as open as the umask
 * leaves it.
 *
 * @throws SocketError where the path is too long, in use, or not ours to use.
 */
export async function listenOnSocket(server: Server, path: string): Promise<void> {
  if (Buffer.byteLength(path) > socketPathBytes) {
    throw new SocketError('SOCKET_PATH_TOO_LONG', `${path} is longer than ${socketPathBytes} bytes.`, {
      nextStep: 'Use a shorter --state-dir.',
    })
  }
  await removeStale(path)
  await bind(server, path)
  chmodSync(path, 0o600)
}

function bind(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        new SocketError('SOCKET_UNAVAILABLE', `${path}: ${error.message}`, {
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
  if (!found.isSocket()) throw new SocketError('SOCKET_TAKEN', `${path} is not a socket.`, { nextStep })
  if (await answers(path)) throw new SocketError('SOCKET_TAKEN', `${path} is in use.`, { nextStep })
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
