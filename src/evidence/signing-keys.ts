import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto'
import { chmodSync, readFileSync, renameSync, statSync } from 'node:fs'
import { syncFolderOf, writeDurably, writeNewFile } from '../lib/durable-file.ts'
import { EvidenceError } from './evidence-error.ts'
import { signHandOver } from './hand-over.ts'
import { KeyChain } from './key-chain.ts'
import { evidenceLimits } from './limits.ts'
import { rawPublicKey, type Signer } from './signed-note.ts'

/** What stands before a hand-over in the file, each a JSON string on a line of its own. */
const handOverMark = 'hand-over '

/**
 * The ledger's Ed25519 key and how it came to it. Both lie in one file, so that a key is never there without its hand-over: the
 * secret in PEM (RFC 7468, which lets text stand around it), and a line for each hand-over before it.
 *
 * A ledger is named after its first key, so that no two have the same name; later keys sign under that name.
 */
export class SigningKeys {
  readonly #path: string
  #signer: Signer
  #handOvers: readonly string[]
  #chain: KeyChain

  private constructor(path: string, signer: Signer, handOvers: readonly string[], chain: KeyChain) {
    this.#path = path
    this.#signer = signer
    this.#handOvers = handOvers
    this.#chain = chain
  }

  /**
   * Made at the first start, readable for its owner only.
   *
   * @throws EvidenceError where the file cannot be made, or holds no such key.
   */
  static load(path: string): SigningKeys {
    try {
      const made = writeNewFile(path, pemOf(newKey()))
      if (!made && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
      const text = readFileSync(path, 'utf8')
      const handOvers = handOversIn(text)
      const secret = createPrivateKey(text)
      if (secret.asymmetricKeyType !== 'ed25519') throw new Error('it holds no Ed25519 key')
      const signer = signerOf(secret, handOvers[0]?.split('\n', 1)[0])
      const chain = KeyChain.of(signer, handOvers)
      if (chain === undefined) throw new Error('its hand-overs do not lead to its key')
      return new SigningKeys(path, signer, handOvers, chain)
    } catch (error) {
      throw unusable(path, (error as Error).message, error)
    }
  }

  /** The key that signs now. */
  get signer(): Signer {
    return this.#signer
  }

  /** All that ever signed. */
  get chain(): KeyChain {
    return this.#chain
  }

  /** Notes, from the first key on. */
  get handOvers(): readonly string[] {
    return this.#handOvers
  }

  /**
   * Makes another key and hands the ledger over to it. It is on the disk when this returns, and the old one is gone.
   *
   * @param size of the ledger: the last that the old key signs
   * @throws EvidenceError where the file cannot be written, or there were too many; the old key stays then
   */
  rotate(size: number, time: string): void {
    if (this.#handOvers.length >= evidenceLimits.handOvers)
      throw unusable(this.#path, 'it was rotated too often')
    const from = this.#signer
    const secret = newKey()
    const to = signerOf(secret, from.name)
    const handOvers = [...this.#handOvers, signHandOver({ origin: from.name, size, from, to, time })]
    const lines = handOvers.map((note) => `${handOverMark}${JSON.stringify(note)}\n`)
    const beside = `${this.#path}.new`
    try {
      writeDurably(beside, lines.join('') + pemOf(secret))
      renameSync(beside, this.#path)
      syncFolderOf(this.#path)
    } catch (error) {
      throw unusable(this.#path, (error as Error).message, error)
    }
    this.#signer = to
    this.#handOvers = handOvers
    this.#chain = KeyChain.of(to, handOvers) as KeyChain
  }
}

function handOversIn(text: string): string[] {
  const lines = text.split('\n').filter((line) => line.startsWith(handOverMark))
  return lines.map((line) => JSON.parse(line.slice(handOverMark.length)) as string)
}

function newKey(): KeyObject {
  return generateKeyPairSync('ed25519').privateKey
}

function signerOf(secret: KeyObject, origin?: string): Signer {
  const key = createPublicKey(secret)
  const digest = hash('sha256', rawPublicKey(key), 'hex')
  return { name: origin ?? `pavise.dev/ledger/${digest.slice(0, 16)}`, secret, key }
}

function pemOf(secret: KeyObject): string {
  return secret.export({ type: 'pkcs8', format: 'pem' }) as string
}

function unusable(path: string, why: string, cause?: unknown): EvidenceError {
  return new EvidenceError('EVIDENCE_KEY_UNUSABLE', `${path}: ${why}`, {
    cause,
    nextStep: 'Restore it from a backup. Without it nothing more can be signed as this ledger’s.',
  })
}
