import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, type KeyObject } from 'node:crypto'
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { writeNewFile } from '../lib/durable-file.ts'
import { EvidenceError } from './evidence-error.ts'
import { rawPublicKey, type Signer } from './signed-note.ts'

/**
 * The ledger's Ed25519 key, made at the first start and readable for its owner only.
 * It signs under a name that is made of it, so that no two ledgers have the same.
 *
 * @throws EvidenceError where the file cannot be made, or holds no such key.
 */
export function loadSigner(path: string): Signer {
  try {
    const made = writeNewFile(path, pemOf(generateKeyPairSync('ed25519').privateKey))
    if (!made && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
    const secret = createPrivateKey(readFileSync(path))
    if (secret.asymmetricKeyType === 'ed25519') return signerOf(secret)
  } catch (error) {
    throw unusable(path, (error as Error).message, error)
  }
  throw unusable(path, 'it holds no Ed25519 key')
}

function signerOf(secret: KeyObject): Signer {
  const key = createPublicKey(secret)
  const digest = hash('sha256', rawPublicKey(key), 'hex')
  return { name: `pavise.dev/ledger/${digest.slice(0, 16)}`, secret, key }
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
