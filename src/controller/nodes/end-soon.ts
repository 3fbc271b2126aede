import type { Socket } from 'node:net'
import { controllerLimits } from '../limits.ts'

/** Ends a connection once what was written is read, or after `refusalMs`. */
export function endSoon(socket: Socket): void {
  socket.resume()
  socket.end()
  const timer = setTimeout(() => socket.destroy(), controllerLimits.refusalMs)
  socket.once('close', () => clearTimeout(timer))
}
