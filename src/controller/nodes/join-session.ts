import type { KeyObject } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { provenKey } from '../../certificates/node-key.ts'
import { LineSplitter } from '../../lib/line-splitter.ts'
import type { JoinAnswer, JoinRequest } from '../../model/node-messages.ts'
import { controllerLimits } from '../limits.ts'
import { refusals } from './refusals.ts'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const joinRequest = Compile(
  Type.Object({
    kind: Type.Literal('join'),
    secret: text(100),
    name: Type.String({ pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]{0,251}[A-Za-z0-9])?$' }),
    publicKey: text(500),
    proof: text(500),
  }),
)

export interface JoinHost {
  /** Answers whoever has a token: its name, and a key that it has shown to have. */
  join(request: JoinRequest, publicKey: KeyObject, from: string): Promise<JoinAnswer>
  /** It was answered, or cannot be. */
  done(): void
}

/** One machine that wants to join: one line comes, one goes, and the connection ends. */
export function answerJoin(socket: TLSSocket, host: JoinHost): void {
  const lines = new LineSplitter(controllerLimits.joinBytes)
  const timer = setTimeout(() => socket.destroy(), controllerLimits.helloMs)
  socket.once('close', () => clearTimeout(timer))
  socket.on('data', (chunk: Buffer) => {
    const whole = lines.push(chunk)
    if (whole === null) return void socket.destroy()
    if (whole.length === 0) return
    socket.removeAllListeners('data')
    clearTimeout(timer)
    void answer(socket, whole[0], host)
  })
}

async function answer(socket: TLSSocket, line: string, host: JoinHost): Promise<void> {
  try {
    const request = parse(line)
    const key = request && provenKey(socket, request)
    const said =
      request && key ? await host.join(request, key, socket.remoteAddress ?? '') : refusals.malformed()
    socket.write(`${JSON.stringify(said)}\n`)
    host.done()
  } catch {
    socket.destroy() // The store failed: that is told where it did.
  }
}

function parse(line: string): JoinRequest | null {
  try {
    const value: unknown = JSON.parse(line)
    return joinRequest.Check(value) ? value : null
  } catch {
    return null
  }
}
