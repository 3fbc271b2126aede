import type { KeyObject } from 'node:crypto'
import type { TLSSocket } from 'node:tls'
import { provenKey } from '../../certificates/node-key.ts'
import type { Log } from '../../lib/log.ts'
import type { JoinAnswer, JoinRequest, NodeCertificate, NodeRefusal } from '../../model/node-messages.ts'
import type { AuditEvent, AuditStore } from '../../store/audit-store.ts'
import type { NodeStore, StoredJoinToken, StoredNode } from '../../store/node-store.ts'
import type { Renewal, SessionNode } from '../enforcer-session.ts'
import { controllerLimits } from '../limits.ts'
import { answerJoin } from './join-session.ts'
import { type ControllerCertificate, NodeAuthority } from './node-authority.ts'
import { NodeListener } from './node-listener.ts'
import { type MadeToken, Nodes } from './nodes.ts'
import { refusals } from './refusals.ts'

/** Where nodes connect, and where the keys are by which they know us. */
export interface NodeAccessChoice {
  host: string
  /** 0 for any that is free. */
  port: number
  /** Its owner's only. */
  folder: string
  /** How long certificates are valid; 90 days where it is left out. */
  certificateMs?: number
}

export interface NodeAccessOptions extends NodeAccessChoice {
  store: NodeStore
  audit: AuditStore
  /** A node has connected. */
  enter: (socket: TLSSocket, node: StoredNode) => void
  /** It may not be connected from now on. */
  expel: (id: string, refusal: NodeRefusal) => void
  /** It is gone for good, with what ran there. */
  removed: (node: StoredNode) => Promise<void>
  now: () => number
  log: Log
}

/** The machines of the network that report here: how they join, how they are known, how they are removed. */
export class NodeAccess {
  readonly #options: NodeAccessOptions
  readonly #authority: NodeAuthority
  readonly #nodes: Nodes
  readonly #told = new Map<string, number>()
  #listener: NodeListener | undefined
  #look: NodeJS.Timeout | undefined

  private constructor(options: NodeAccessOptions, authority: NodeAuthority, nodes: Nodes) {
    this.#options = options
    this.#authority = authority
    this.#nodes = nodes
  }

  /** @throws ControllerError where its keys or its port cannot be had */
  static async start(options: NodeAccessOptions): Promise<NodeAccess> {
    const { folder, certificateMs, store, now } = options
    const authority = NodeAuthority.open({ folder, validMs: certificateMs, now })
    const access = new NodeAccess(options, authority, await Nodes.load({ store, authority, now }))
    await access.#listen()
    return access
  }

  get port(): number {
    return this.#listener?.port ?? this.#options.port
  }

  /** By which nodes know us, PEM. */
  get authority(): string {
    return this.#authority.certificate
  }

  list(): StoredNode[] {
    return this.#nodes.list()
  }

  tokens(): StoredJoinToken[] {
    return this.#nodes.tokens()
  }

  /** @returns undefined where as many as may be wait to be used */
  makeToken(createdBy: string, validMs: number): Promise<MadeToken | undefined> {
    return this.#nodes.makeToken(createdBy, validMs)
  }

  /** @returns whether it could still be used */
  removeToken(id: string): Promise<boolean> {
    return this.#nodes.removeToken(id)
  }

  /** Ends its connection at once and lets it in no more. Durable when it resolves. @returns undefined where there is none of that name */
  async remove(name: string): Promise<StoredNode | undefined> {
    const removed = this.#nodes.remove(name)
    if (removed === undefined) return undefined
    this.#options.expel(removed.node.id, refusals.unknownNode())
    await Promise.all([removed.stored, this.#options.removed(removed.node)])
    return removed.node
  }

  /** Whether a node has joined under this name, so that nobody else may use it. */
  hasName(name: string): boolean {
    return this.#nodes.named(name) !== undefined
  }

  /** The next certificate of a node that is connected; undefined where it cannot be given. */
  async renew(
    { id, socket }: SessionNode,
    { has, ...offer }: Omit<Renewal, 'kind'>,
  ): Promise<NodeCertificate | undefined> {
    const key = provenKey(socket, offer)
    const renewed = key === null ? undefined : await this.#nodes.renew(id, has, key)
    const node = this.#nodes.get(id)
    if (renewed === undefined || node === undefined) return undefined
    this.#options.log('info', `The certificate of node ${node.name} is renewed.`)
    await this.#audit('renewNode', node, { until: dateOf(node.next?.notAfter) })
    return renewed
  }

  async close(): Promise<void> {
    clearInterval(this.#look)
    await this.#listener?.close()
  }

  async #listen(): Promise<void> {
    const { host, port } = this.#options
    const certificate = this.#authority.controllerCertificate()
    this.#listener = await NodeListener.listen({
      ...{ host, port, certificate },
      authority: this.#authority.certificate,
      recognise: (id, fingerprint) => this.#nodes.recognise(id, fingerprint),
      enter: (socket, node) => this.#enter(socket, node),
      join: (socket, done) =>
        answerJoin(socket, { join: (request, key, from) => this.#join(request, key, from), done }),
      refused: (refusal, from) => this.#tell(refusal, from),
    })
    const everyMs = Math.min(
      controllerLimits.nodeCertificateLookMs,
      (this.#options.certificateMs ?? Infinity) / 6,
    )
    this.#look = setInterval(() => void this.#passTime(), everyMs).unref()
    await this.#tellIfNew(certificate)
  }

  /** A node that shows its next certificate for the first time needs the other no more. */
  #enter(socket: TLSSocket, node: StoredNode): void {
    if (this.#nodes.get(node.id)?.next !== node.next)
      this.#nodes
        .promoted(node)
        .catch((error: Error) => this.#options.log('error', `Node ${node.name}: ${error.message}`))
    this.#options.enter(socket, node)
  }

  async #join(request: JoinRequest, key: KeyObject, from: string): Promise<JoinAnswer> {
    const { log } = this.#options
    try {
      const joined = await this.#nodes.join(request.secret, request.name, key)
      if ('kind' in joined) {
        this.#tell(joined, from)
        return joined
      }
      log('info', `Node ${request.name} has joined from ${from}.`)
      await this.#audit('joinNode', joined.node, { from, until: dateOf(joined.node.certificate.notAfter) })
      return joined.answer
    } catch (error) {
      log('error', `Node ${request.name} could not join: ${(error as Error).message}`)
      throw error
    }
  }

  /** Our own certificate is made anew in time; nodes whose certificate has ended without being renewed are let go. */
  async #passTime(): Promise<void> {
    try {
      const certificate = this.#authority.controllerCertificate()
      this.#listener?.show(certificate) // Each time: what is new must be shown, whatever else fails.
      await this.#tellIfNew(certificate)
      for (const { id, certificate, next } of this.#nodes.list())
        if (Math.max(certificate.notAfter, next?.notAfter ?? 0) <= this.#options.now())
          this.#options.expel(id, refusals.invalid('it has ended'))
    } catch (error) {
      this.#options.log('error', `The certificate for nodes: ${(error as Error).message}`)
    }
  }

  async #tellIfNew({ isNew, notAfter }: ControllerCertificate): Promise<void> {
    if (!isNew) return
    this.#options.log('info', 'A new certificate is shown to nodes; connections go on.')
    const actor = { kind: 'pavise' as const, id: 'controller', name: 'controller' }
    await this.#append('renewController', actor, 'controller', { until: dateOf(notAfter) })
  }

  /** Refusals cost nothing to cause: of each kind one a minute is told. */
  #tell({ code, detail }: NodeRefusal, from: string): void {
    const now = this.#options.now()
    if (now - (this.#told.get(code) ?? -Infinity) < controllerLimits.refusalToldMs) return
    this.#told.set(code, now)
    this.#options.log('warn', `${from} is not let in: ${code}: ${detail}`)
  }

  #audit(action: string, { id, name }: StoredNode, detail: Record<string, unknown>): Promise<void> {
    return this.#append(action, { kind: 'node', id, name }, name, detail)
  }

  async #append(
    action: string,
    actor: AuditEvent['actor'],
    target: string,
    detail: Record<string, unknown>,
  ): Promise<void> {
    const event = { at: this.#options.now(), actor, action, target, outcome: 'done' as const }
    await this.#options.audit.append({ ...event, reason: null, detail })
  }
}

function dateOf(ms = 0): string {
  return new Date(ms).toISOString()
}
