import { type KeyObject, X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { keyText, makeKeyPair } from '../../certificates/certificate.ts'
import { offerKey } from '../../certificates/node-key.ts'
import { fingerprintOf, nodeProtocols } from '../../certificates/node-names.ts'
import type { Log } from '../../lib/log.ts'
import type { EnforcerMessage } from '../../model/enforcer-messages.ts'
import type { NodeCertificate, NodeRefusal } from '../../model/node-messages.ts'
import { enforcerLimits } from '../limits.ts'
import type { ControllerLink } from './controller-link.ts'
import { connectNode, type ControllerAddress, isDistrust } from './node-connection.ts'
import { IdentityFile, isGoodCertificate, type NodeIdentity } from './node-identity.ts'

export interface NodeLinkOptions {
  controller: ControllerAddress
  identity: NodeIdentity
  /** Where the identity is kept. */
  folder: string
  /** After how long without a word a connection is given up; that of the limits where it is left out. */
  silenceMs?: number
  log: Log
}

/**
 * A controller on another machine, over TLS 1.3 in which both show who they are. The certificate of this machine is renewed over the
 * connection once two thirds of its time are over: with a new key, that counts from the next connection on.
 */
export class NodeLink implements ControllerLink {
  readonly #options: NodeLinkOptions
  readonly #file: IdentityFile
  #identity: NodeIdentity
  #socket: TLSSocket | undefined
  #send: ((message: EnforcerMessage) => void) | undefined
  #timer: NodeJS.Timeout | undefined
  /** A key that a certificate is asked for. */
  #nextKey: KeyObject | undefined
  #told: string | undefined

  constructor(options: NodeLinkOptions) {
    this.#options = options
    this.#identity = options.identity
    this.#file = new IdentityFile(options.folder)
  }

  connect(opened: () => void): Socket {
    const { certificate, key, authority } = this.#identity
    const protocol = nodeProtocols.enforcer
    this.#stop()
    const socket = connectNode({ ...this.#options.controller, authority, certificate, key, protocol })
    this.#socket = socket
    // Nothing is asked for on a connection that is over.
    socket.once('close', () => this.#socket === socket && this.#stop())
    return socket.once('secureConnect', () => {
      endInSilence(socket, this.#options.silenceMs ?? enforcerLimits.silenceMs)
      opened()
    })
  }

  /** The same is told once, until a connection is made. */
  explain(error: NodeJS.ErrnoException): string | undefined {
    const { host, port } = this.#options.controller
    const text = isDistrust(error)
      ? `CONTROLLER_NOT_TRUSTED: who answers at ${host}:${port} is not the controller that this machine joined (${error.message}); nothing is told to it`
      : `CONTROLLER_UNREACHABLE: ${host}:${port}: ${error.message}`
    return this.#once(text)
  }

  welcomed(send: (message: EnforcerMessage) => void): void {
    this.#told = undefined
    this.#send = send
    this.#renewInTime()
  }

  receive(message: NodeCertificate | NodeRefusal): void {
    if (message.kind === 'certificate') return this.#take(message)
    const text = this.#once(`${message.code}: ${message.detail} ${message.nextStep}`)
    if (text !== undefined) this.#options.log('error', text)
  }

  close(): void {
    this.#stop()
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#send = undefined
    this.#nextKey = undefined
  }

  /** Again and again until it is due: a timer counts to 24 days only, and clocks are set. */
  #renewInTime(): void {
    const dueMs = renewalAt(this.#identity.certificate) - Date.now()
    const { least, most } = enforcerLimits.renewalLookMs
    const pauseMs = Math.min(Math.max(dueMs, least), most)
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (dueMs <= 0 ? this.#renew() : this.#renewInTime()), pauseMs).unref()
  }

  /** Asked for again after a while where no answer comes. */
  #renew(): void {
    if (this.#send === undefined || this.#socket?.destroyed !== false) return
    const keys = makeKeyPair()
    this.#nextKey = keys.privateKey
    const has = fingerprintOf(new X509Certificate(this.#identity.certificate))
    this.#send({ kind: 'renew', has, ...offerKey(this.#socket, keys) })
    this.#timer = setTimeout(() => this.#renew(), enforcerLimits.renewalLookMs.most).unref()
  }

  #take(message: NodeCertificate): void {
    const key = this.#nextKey
    const { log } = this.#options
    if (key === undefined || !isGoodCertificate(message, key))
      return log('error', 'a certificate came that is not the one that was asked for: it is not taken')
    const { certificate, authority } = message
    const next = { ...this.#identity, certificate, authority, key: keyText(key) }
    try {
      this.#file.save(next)
    } catch (error) {
      // The one before is good as long as this one is not used.
      return log('error', `the new certificate cannot be kept: ${(error as Error).message}`)
    }
    this.#identity = next
    this.#nextKey = undefined
    log(
      'info',
      `the certificate of this machine is renewed until ${new X509Certificate(certificate).validTo}`,
    )
    this.#renewInTime()
  }

  #once(text: string): string | undefined {
    if (this.#told === text) return undefined
    this.#told = text
    return text
  }
}

/** A machine that is gone ends no connection, and what is written to it waits for a quarter of an hour before that fails. */
function endInSilence(socket: TLSSocket, ms: number): void {
  const timer = setTimeout(() => socket.destroy(new Error(`nothing was heard for ${ms / 1_000} s`)), ms)
  socket.on('data', () => timer.refresh()).once('close', () => clearTimeout(timer))
}

/** When two thirds of its time are over, in ms since 1970. */
function renewalAt(certificate: string): number {
  const { validFromDate, validToDate } = new X509Certificate(certificate)
  const [from, until] = [validFromDate.getTime(), validToDate.getTime()]
  return until - (until - from) / 3
}
