import { createPrivateKey, createPublicKey, type KeyObject, randomUUID, X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type CertificateIssuer,
  keyText,
  makeKeyPair,
  signCertificate,
} from '../../certificates/certificate.ts'
import { controllerName, fingerprintOf, nodeNameOf } from '../../certificates/node-names.ts'
import { replaceDurably } from '../../lib/durable-file.ts'
import type { KnownCertificate } from '../../store/node-store.ts'
import { ControllerError } from '../controller-error.ts'
import { controllerLimits } from '../limits.ts'

export interface NodeAuthorityOptions {
  /** Where its keys are, its owner's only. */
  folder: string
  /** How long certificates of nodes and of the controller are valid. */
  validMs?: number | undefined
  now: () => number
}

/** How the controller shows nodes who it is. */
export interface ControllerCertificate {
  /** PEM: its own, and that of its authority. */
  chain: string
  /** PKCS #8 in PEM. */
  key: string
  /** Milliseconds since 1970. */
  notAfter: number
  /** Made just now. */
  isNew: boolean
}

interface Kept {
  certificate: X509Certificate
  text: string
  privateKey: KeyObject
}

/**
 * Signs who nodes and their controller are. Its key is made at the first start and stays in the state folder: who has it can let
 * machines in.
 */
export class NodeAuthority {
  readonly #options: NodeAuthorityOptions
  readonly #validMs: number
  readonly #own: Kept
  readonly #issuer: CertificateIssuer

  private constructor(options: NodeAuthorityOptions, own: Kept) {
    this.#options = options
    this.#validMs = options.validMs ?? controllerLimits.nodeCertificateMs
    this.#own = own
    const subject = /^CN=(.*)$/m.exec(own.certificate.subject)?.[1] ?? ''
    this.#issuer = { subject, publicKey: own.certificate.publicKey, privateKey: own.privateKey }
  }

  /** @throws ControllerError where its files cannot be made, or are not what they should be */
  static open(options: NodeAuthorityOptions): NodeAuthority {
    const path = join(options.folder, 'authority.pem')
    try {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 })
      if (!existsSync(path)) replaceDurably(path, makeAuthority(options.now()))
      return new NodeAuthority(options, readKept(path))
    } catch (error) {
      throw unusable(path, error)
    }
  }

  /** PEM. */
  get certificate(): string {
    return this.#own.text
  }

  /** SHA-256 of its certificate, base64url: what tokens pin. */
  get fingerprint(): string {
    return fingerprintOf(this.#own.certificate)
  }

  /** A certificate for a key of a node. */
  issue(
    node: { id: string; name: string },
    publicKey: KeyObject,
  ): KnownCertificate & { certificate: string } {
    const certificate = signCertificate(
      { ...this.#times(), subject: node.name, use: 'client', names: [nodeNameOf(node.id)], publicKey },
      this.#issuer,
    )
    const read = new X509Certificate(certificate)
    return { certificate, fingerprint: fingerprintOf(read), notAfter: read.validToDate.getTime() }
  }

  /**
   * What the controller shows: the one that it has, or, once two thirds of its time are over, one of a new key. Nodes know it by
   * the authority, so that both are good while they last.
   *
   * @throws ControllerError
   */
  controllerCertificate(): ControllerCertificate {
    const path = join(this.#options.folder, 'controller.pem')
    try {
      const known = existsSync(path) ? readKept(path) : undefined
      const isGood = known !== undefined && this.#isGood(known.certificate)
      if (!isGood) replaceDurably(path, this.#makeController())
      const { certificate, text, privateKey } = isGood ? known : readKept(path)
      const notAfter = certificate.validToDate.getTime()
      return { chain: text + this.#own.text, key: keyText(privateKey), notAfter, isNew: !isGood }
    } catch (error) {
      throw unusable(path, error)
    }
  }

  #isGood(certificate: X509Certificate): boolean {
    const left = certificate.validToDate.getTime() - this.#options.now()
    return left > this.#validMs / 3 && certificate.verify(this.#own.certificate.publicKey)
  }

  #makeController(): string {
    const { publicKey, privateKey } = makeKeyPair()
    const subject = { subject: controllerName, use: 'server' as const, names: [controllerName], publicKey }
    return keyText(privateKey) + signCertificate({ ...this.#times(), ...subject }, this.#issuer)
  }

  #times() {
    const now = this.#options.now()
    const skewMs = Math.min(controllerLimits.clockSkewMs, this.#validMs / 10)
    return { notBefore: now - skewMs, notAfter: now + this.#validMs }
  }
}

function makeAuthority(now: number): string {
  const keys = makeKeyPair()
  const subject = `Pavise nodes ${randomUUID().slice(0, 8)}`
  const times = {
    notBefore: now - controllerLimits.clockSkewMs,
    notAfter: now + controllerLimits.nodeAuthorityMs,
  }
  const order = { ...times, subject, use: 'authority' as const, names: [], publicKey: keys.publicKey }
  return keyText(keys.privateKey) + signCertificate(order, { subject, ...keys })
}

/** Key and certificate of one file: a crash cannot part them. */
function readKept(path: string): Kept {
  const content = readFileSync(path, 'utf8')
  const privateKey = createPrivateKey(content)
  const certificate = new X509Certificate(content.slice(content.indexOf('-----BEGIN CERTIFICATE-----')))
  if (!certificate.publicKey.equals(createPublicKey(privateKey)))
    throw new Error('the key is of another certificate')
  return { certificate, text: certificate.toString(), privateKey }
}

function unusable(path: string, cause: unknown): ControllerError {
  return new ControllerError('NODE_AUTHORITY_UNUSABLE', `${path}: ${(cause as Error).message}`, {
    cause,
    nextStep: 'Restore it from a backup, or move it away: every node has to join anew then.',
  })
}
