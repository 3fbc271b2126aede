import { createPublicKey, type KeyObject } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import type { TLSSocket } from 'node:tls'
import { hashJoinSecret, type JoinToken, parseJoinToken } from '../../certificates/join-token.ts'
import { offerKey } from '../../certificates/node-key.ts'
import { fingerprintOf, nodeProtocols } from '../../certificates/node-names.ts'
import { keyText } from '../../certificates/certificate.ts'
import { LineSplitter } from '../../lib/line-splitter.ts'
import type { JoinAnswer, JoinRequest } from '../../model/node-messages.ts'
import { enforcerLimits } from '../limits.ts'
import { connectNode, type ControllerAddress, isDistrust } from './node-connection.ts'
import { NodeError, refusalError } from './node-error.ts'
import { IdentityFile, isGoodCertificate, type NodeIdentity } from './node-identity.ts'

export interface JoinOptions {
  controller: ControllerAddress
  /** What `pavise controller join-token` printed; left out where this machine has joined before. */
  token: string | undefined
  /** As which the node is to be known. */
  name: string
  /** Where its key and certificate are kept. */
  folder: string
}

/**
 * Who this machine is: as it is kept, or, where a token is given that it has not joined by yet, after joining with that.
 *
 * @throws NodeError
 */
export async function openIdentity(options: JoinOptions): Promise<NodeIdentity> {
  const file = new IdentityFile(options.folder)
  const token = readToken(options.token)
  const known = file.load()
  if (known !== undefined && (token === undefined || hashJoinSecret(token.secret) === known.token))
    return known
  if (token === undefined)
    throw new NodeError('NODE_NOT_JOINED', `Nothing in ${options.folder} says who this machine is.`, {
      nextStep:
        'Make a token where the controller runs, pavise controller join-token, and give it with --join.',
    })
  const identity = await joinPatiently(options, token, file.joiningKey())
  file.save(identity)
  return identity
}

function readToken(text: string | undefined): JoinToken | undefined {
  if (text === undefined) return undefined
  const token = parseJoinToken(text)
  if (token !== null) return token
  throw new NodeError('JOIN_TOKEN_MALFORMED', 'The token is not what a controller gives.', {
    nextStep: 'Copy all that pavise controller join-token printed: pavise_join_….',
  })
}

/** Many machines may join at once, or the controller be about to start: whoever is not answered asks again, with the same key. */
async function joinPatiently(options: JoinOptions, token: JoinToken, key: KeyObject): Promise<NodeIdentity> {
  for (const pauseMs of enforcerLimits.joinPausesMs) {
    try {
      return await join(options, token, key)
    } catch (error) {
      if (!(error instanceof NodeError) || error.code !== 'CONTROLLER_UNREACHABLE') throw error
      await setTimeout(pauseMs)
    }
  }
  return join(options, token, key)
}

/**
 * First the certificate of the authority is asked for and compared with the token, and nothing said; then the other side has to show
 * that it is signed by that, before it hears of the token.
 */
async function join(
  { controller, name }: JoinOptions,
  token: JoinToken,
  key: KeyObject,
): Promise<NodeIdentity> {
  const authority = await pinnedAuthority(controller, token.authority)
  const answer = await ask(controller, authority, (socket) => ({
    ...{ kind: 'join', secret: token.secret, name },
    ...offerKey(socket, { publicKey: createPublicKey(key), privateKey: key }),
  }))
  if (answer.kind === 'refused') throw refusalError(answer)
  if (answer.authority !== authority || !isGoodCertificate(answer, key)) throw untrusted(controller)
  const { certificate } = answer
  return { name, token: hashJoinSecret(token.secret), certificate, authority, key: keyText(key) }
}

/** The certificate of the other side's authority, where it is the one that the token names. */
async function pinnedAuthority(controller: ControllerAddress, fingerprint: string): Promise<string> {
  const socket = connectNode({ ...controller, authority: null, protocol: nodeProtocols.join })
  try {
    await ready(socket, controller)
    const shown = socket.getPeerX509Certificate()?.issuerCertificate
    if (shown === undefined || fingerprintOf(shown) !== fingerprint) throw untrusted(controller)
    return shown.toString()
  } finally {
    socket.destroy()
  }
}

async function ask(
  controller: ControllerAddress,
  authority: string,
  request: (socket: TLSSocket) => JoinRequest,
): Promise<JoinAnswer> {
  const socket = connectNode({ ...controller, authority, protocol: nodeProtocols.join })
  try {
    await ready(socket, controller)
    socket.write(`${JSON.stringify(request(socket))}\n`)
    return await answerOf(socket, controller)
  } finally {
    socket.destroy()
  }
}

function ready(socket: TLSSocket, controller: ControllerAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('secureConnect', resolve)
    socket.on('error', (error) =>
      reject(isDistrust(error) ? untrusted(controller, error) : unreachable(controller, error)),
    )
    socket.once('close', () => reject(unreachable(controller, new Error('it ended the connection'))))
  })
}

function answerOf(socket: TLSSocket, controller: ControllerAddress): Promise<JoinAnswer> {
  const lines = new LineSplitter(enforcerLimits.answerBytes)
  return new Promise((resolve, reject) => {
    socket.setTimeout(enforcerLimits.joinMs, () => socket.destroy())
    socket.once('close', () => {
      reject(unreachable(controller, new Error('it ended the connection without an answer')))
    })
    socket.on('data', (chunk: Buffer) => {
      const whole = lines.push(chunk)
      if (whole === null) return void socket.destroy()
      if (whole.length > 0) resolve(readAnswer(whole[0]))
    })
  })
}

function readAnswer(line: string): JoinAnswer {
  try {
    return JSON.parse(line) as JoinAnswer
  } catch {
    return notUnderstood
  }
}

const notUnderstood: JoinAnswer = {
  ...{ kind: 'refused', code: 'JOIN_MALFORMED', detail: 'The controller gave an answer that is none.' },
  nextStep: 'Use the same version of Pavise on both sides.',
}

function untrusted({ host, port }: ControllerAddress, cause?: Error): NodeError {
  const why = cause === undefined ? '' : ` (${cause.message})`
  return new NodeError(
    'CONTROLLER_NOT_TRUSTED',
    `Who answers at ${host}:${port} is not the controller that made the token${why}.`,
    {
      cause,
      nextStep:
        'Check the address, and whether something stands between: a proxy that opens TLS, or an attacker.',
    },
  )
}

function unreachable({ host, port }: ControllerAddress, cause: Error): NodeError {
  return new NodeError('CONTROLLER_UNREACHABLE', `${host}:${port}: ${cause.message}`, {
    cause,
    nextStep: 'Check that pavise controller runs there and that its port for nodes is open to this machine.',
  })
}
