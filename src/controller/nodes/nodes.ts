import { createHash, type KeyObject, randomUUID } from 'node:crypto'
import { hashJoinSecret, joinTokenText, makeJoinToken } from '../../certificates/join-token.ts'
import type { NodeCertificate, NodeRefusal } from '../../model/node-messages.ts'
import type { NodeStore, StoredJoinToken, StoredNode } from '../../store/node-store.ts'
import { controllerLimits } from '../limits.ts'
import type { NodeAuthority } from './node-authority.ts'
import { refusals } from './refusals.ts'

export interface NodesOptions {
  store: NodeStore
  authority: NodeAuthority
  now: () => number
}

/** A token, once, as who is to join needs it. */
export interface MadeToken {
  id: string
  token: string
  expiresAt: number
}

export type Joined = { node: StoredNode; answer: NodeCertificate }

/** Which machines are let in: those that joined by a token and were not removed since. All of it is in the store before it counts. */
export class Nodes {
  readonly #options: NodesOptions
  readonly #nodes: Map<string, StoredNode>
  readonly #tokens: Map<string, StoredJoinToken>

  private constructor(options: NodesOptions, nodes: StoredNode[], tokens: StoredJoinToken[]) {
    this.#options = options
    this.#nodes = new Map(nodes.map((node) => [node.id, node]))
    this.#tokens = new Map(tokens.map((token) => [token.id, token]))
  }

  static async load(options: NodesOptions): Promise<Nodes> {
    const { nodes, tokens } = await options.store.list()
    return new Nodes(options, nodes, tokens)
  }

  /** By name. */
  list(): StoredNode[] {
    return [...this.#nodes.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  get(id: string): StoredNode | undefined {
    return this.#nodes.get(id)
  }

  named(name: string): StoredNode | undefined {
    return this.list().find((node) => node.name === name)
  }

  /** Tokens that may still be used, the latest first. */
  tokens(): StoredJoinToken[] {
    const now = this.#options.now()
    return [...this.#tokens.values()]
      .filter(({ used, expiresAt }) => used === null && expiresAt > now)
      .toSorted((a, b) => b.createdAt - a.createdAt)
  }

  /** @returns undefined where as many as may be wait to be used */
  async makeToken(createdBy: string, validMs: number): Promise<MadeToken | undefined> {
    await this.#forgetTokens()
    if (this.tokens().length >= controllerLimits.joinTokens) return undefined
    const made = makeJoinToken(this.#options.authority.fingerprint)
    const createdAt = this.#options.now()
    const token: StoredJoinToken = {
      ...{ id: randomUUID(), hash: hashJoinSecret(made.secret), createdAt, createdBy },
      ...{ expiresAt: createdAt + validMs, used: null },
    }
    await this.#options.store.save({ tokens: [token] })
    this.#tokens.set(token.id, token)
    return { id: token.id, token: joinTokenText(made), expiresAt: token.expiresAt }
  }

  /** @returns whether it could still be used */
  async removeToken(id: string): Promise<boolean> {
    const isOpen = this.tokens().some((token) => token.id === id)
    if (isOpen) {
      this.#tokens.delete(id)
      await this.#options.store.remove('token', id)
    }
    return isOpen
  }

  /**
   * Lets a machine in, once for each token. Who asks again with the same token and the same key gets a certificate again: an answer
   * may be lost.
   */
  async join(secret: string, name: string, publicKey: KeyObject): Promise<Joined | NodeRefusal> {
    const token = this.#tokenOf(secret)
    if (token === undefined) return refusals.unknownToken()
    const key = keyHash(publicKey)
    const isAgain = token.used?.key === key && this.#nodes.get(token.used.node)?.name === name
    const refusal = isAgain ? undefined : this.#refuseJoin(token, name)
    if (refusal !== undefined) return refusal
    const id = isAgain && token.used !== null ? token.used.node : randomUUID()
    const issued = this.#options.authority.issue({ id, name }, publicKey)
    const { fingerprint, notAfter } = issued
    const now = this.#options.now()
    const node = { id, name, joinedAt: now, certificate: { fingerprint, notAfter }, next: null }
    await this.#keepJoin(node, { ...token, used: { at: now, node: id, key } })
    return { node, answer: this.#answer(issued.certificate) }
  }

  /**
   * The certificate that is to follow the one that a node has; that one is good until the new one is used, or said to be there.
   *
   * @param has fingerprint of the one that it has
   */
  async renew(id: string, has: string, publicKey: KeyObject): Promise<NodeCertificate | undefined> {
    const node = this.recognise(id, has)
    if ('kind' in node) return undefined
    const { certificate, fingerprint, notAfter } = this.#options.authority.issue(node, publicKey)
    await this.#keep({ ...node, next: { fingerprint, notAfter } })
    return this.#nodes.has(id) ? this.#answer(certificate) : undefined
  }

  /** The node that shows a certificate, signed by our authority and of this time. */
  recognise(id: string, fingerprint: string): StoredNode | NodeRefusal {
    const node = this.#nodes.get(id)
    if (node === undefined) return refusals.unknownNode()
    if (node.next?.fingerprint === fingerprint) return { ...node, certificate: node.next, next: null }
    return node.certificate.fingerprint === fingerprint ? node : refusals.replaced(node.name)
  }

  /** It has used the certificate that was to follow: the one before is refused from now on. */
  async promoted(node: StoredNode): Promise<void> {
    await this.#keep(node)
  }

  /** It is not let in from this very moment on. @returns undefined where there is none of that name; else what is to be waited for */
  remove(name: string): { node: StoredNode; stored: Promise<void> } | undefined {
    const node = this.named(name)
    if (node === undefined) return undefined
    this.#nodes.delete(node.id)
    return { node, stored: this.#options.store.remove('node', node.id) }
  }

  #refuseJoin(token: StoredJoinToken, name: string): NodeRefusal | undefined {
    if (token.used !== null) return refusals.usedToken()
    if (token.expiresAt <= this.#options.now()) return refusals.expiredToken(token.expiresAt)
    if (this.named(name) !== undefined) return refusals.nameTaken(name)
    return this.#nodes.size >= controllerLimits.connections ? refusals.tooMany() : undefined
  }

  /** Both at once before it is waited for: a second one with the same token, or of the same name, finds it used. */
  async #keepJoin(node: StoredNode, token: StoredJoinToken): Promise<void> {
    const before = { node: this.#nodes.get(node.id), token: this.#tokens.get(token.id) }
    this.#nodes.set(node.id, node)
    this.#tokens.set(token.id, token)
    try {
      await this.#options.store.save({ nodes: [node], tokens: [token] })
    } catch (error) {
      if (before.node === undefined) this.#nodes.delete(node.id)
      else this.#nodes.set(node.id, before.node)
      if (before.token !== undefined) this.#tokens.set(token.id, before.token)
      throw error
    }
    await this.#stayRemoved(node)
  }

  async #keep(node: StoredNode): Promise<void> {
    if (!this.#nodes.has(node.id)) return
    this.#nodes.set(node.id, node)
    await this.#options.store.save({ nodes: [node] })
    await this.#stayRemoved(node)
  }

  /** Removed while it was stored: it must not come back with the next start. */
  async #stayRemoved({ id }: StoredNode): Promise<void> {
    if (!this.#nodes.has(id)) await this.#options.store.remove('node', id)
  }

  #answer(certificate: string): NodeCertificate {
    return { kind: 'certificate', certificate, authority: this.#options.authority.certificate }
  }

  #tokenOf(secret: string): StoredJoinToken | undefined {
    const hash = hashJoinSecret(secret)
    return [...this.#tokens.values()].find((token) => token.hash === hash)
  }

  /** Those that were over long ago; until then whoever comes with one is told that it is used or over. */
  async #forgetTokens(): Promise<void> {
    const before = this.#options.now() - controllerLimits.joinTokenKeptMs
    for (const { id, expiresAt } of this.#tokens.values()) {
      if (expiresAt > before) continue
      this.#tokens.delete(id)
      await this.#options.store.remove('token', id)
    }
  }
}

function keyHash(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
}
