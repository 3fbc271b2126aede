import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keyText, makeKeyPair } from '../../certificates/certificate.ts'
import { nodeIdIn } from '../../certificates/node-names.ts'
import { replaceDurably } from '../../lib/durable-file.ts'
import type { NodeCertificate } from '../../model/node-messages.ts'
import { NodeError } from './node-error.ts'

/** Who this machine is to its controller, and by what it knows that controller. */
export interface NodeIdentity {
  /** The name under which it joined. */
  name: string
  /** Hash of the secret of the token that it joined by. */
  token: string
  /** PEM. */
  certificate: string
  authority: string
  /** PKCS #8 in PEM; made here, and never anywhere else. */
  key: string
}

/** The identity in the state folder: one file, so that a crash cannot part the key from its certificate. */
export class IdentityFile {
  readonly #path: string
  readonly #pendingPath: string

  constructor(folder: string) {
    this.#path = join(folder, 'node-identity.json')
    this.#pendingPath = join(folder, 'node-joining.key')
  }

  /** @returns undefined where this machine has not joined. @throws NodeError where the file is not what it should be */
  load(): NodeIdentity | undefined {
    if (!existsSync(this.#path)) return undefined
    try {
      const identity = JSON.parse(readFileSync(this.#path, 'utf8')) as NodeIdentity
      if (!isKeyOf(identity.certificate, createPrivateKey(identity.key)))
        throw new Error('the key is of another certificate')
      return identity
    } catch (error) {
      throw new NodeError('NODE_IDENTITY_UNUSABLE', `${this.#path}: ${(error as Error).message}`, {
        cause: error,
        nextStep: 'Remove it and join anew: pavise enforcer --controller … --join TOKEN.',
      })
    }
  }

  /** On the disk when it returns. @throws what the system says */
  save(identity: NodeIdentity): void {
    replaceDurably(this.#path, JSON.stringify(identity))
    rmSync(this.#pendingPath, { force: true })
  }

  /**
   * The key to join with: the one of an attempt that was not finished, where there is one, for the controller gives a certificate for
   * that one again.
   *
   * @throws what the system says
   */
  joiningKey(): KeyObject {
    if (existsSync(this.#pendingPath)) return createPrivateKey(readFileSync(this.#pendingPath, 'utf8'))
    const { privateKey } = makeKeyPair()
    replaceDurably(this.#pendingPath, keyText(privateKey))
    return privateKey
  }
}

/** Whether a certificate is for this key, of a node, and signed by the authority that comes with it. */
export function isGoodCertificate({ certificate, authority }: NodeCertificate, key: KeyObject): boolean {
  try {
    const [issued, issuer] = [new X509Certificate(certificate), new X509Certificate(authority)]
    return isKeyOf(certificate, key) && nodeIdIn(issued) !== null && issued.verify(issuer.publicKey)
  } catch {
    return false
  }
}

function isKeyOf(certificate: string, key: KeyObject): boolean {
  return new X509Certificate(certificate).checkPrivateKey(key)
}
