import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto'

/**
 * Signed notes as C2SP describes them (c2sp.org/signed-note), and the checkpoint of a log (c2sp.org/tlog-checkpoint) as one:
 * text, an empty line, and a line for each signature, `— name base64(key id, signature)`.
 */

/** Ed25519 in the signature types of signed notes. */
const ed25519 = Buffer.of(1)
const keyIdBytes = 4
const dash = '\u2014'

/** A public key and the name that it signs under. */
export interface Verifier {
  name: string
  key: KeyObject
}

export interface Signer extends Verifier {
  secret: KeyObject
}

/** The 32 bytes of an Ed25519 public key (RFC 8032). */
export function rawPublicKey(key: KeyObject): Buffer {
  const { x = '' } = key.export({ format: 'jwk' })
  return Buffer.from(x, 'base64url')
}

/** The key as one line: `name+hexadecimal id+base64(type, key)`. */
export function verifierLine(verifier: Verifier): string {
  const raw = Buffer.concat([ed25519, rawPublicKey(verifier.key)])
  return `${verifier.name}+${keyId(verifier).toString('hex')}+${raw.toString('base64')}`
}

/** SHA-256 over the key in its DER form (RFC 8410), hexadecimal: what people compare. */
export function keyFingerprint({ key }: Verifier): string {
  return hash('sha256', key.export({ type: 'spki', format: 'der' }))
}

/** Undefined where the line is no key. */
export function parseVerifierLine(line: string): Verifier | undefined {
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(line.trim())
  if (match === null) return undefined
  const [, name, id, base64] = match
  const raw = Buffer.from(base64, 'base64')
  if (raw.length !== 33 || raw[0] !== ed25519[0]) return undefined
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: raw.subarray(1).toString('base64url') }
  const verifier = { name, key: createPublicKey({ key: jwk, format: 'jwk' }) }
  return keyId(verifier).toString('hex') === id ? verifier : undefined
}

/** SHA-256 of name, line feed, type and key; the first four bytes. */
export function keyId({ name, key }: Verifier): Buffer {
  const content = Buffer.concat([Buffer.from(`${name}\n`), ed25519, rawPublicKey(key)])
  return hash('sha256', content, 'buffer').subarray(0, keyIdBytes)
}

/** @param text ends with a line feed */
export function signNote(text: string, ...signers: readonly Signer[]): string {
  const lines = signers.map((signer) => {
    const signature = Buffer.concat([keyId(signer), sign(null, Buffer.from(text), signer.secret)])
    return `${dash} ${signer.name} ${signature.toString('base64')}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** The text of a note that one of the keys has signed; undefined where none has. */
export function openNote(note: string, verifiers: readonly Verifier[]): string | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0) return undefined
  const text = note.slice(0, end + 1)
  const isSigned = note
    .slice(end + 2)
    .split('\n')
    .some((line) => verifiers.some((verifier) => isSignature(line, text, verifier)))
  return isSigned ? text : undefined
}

function isSignature(line: string, text: string, verifier: Verifier): boolean {
  const [mark, name, base64, ...rest] = line.split(' ')
  if (mark !== dash || name !== verifier.name || base64 === undefined || rest.length > 0) return false
  const bytes = Buffer.from(base64, 'base64')
  if (!bytes.subarray(0, keyIdBytes).equals(keyId(verifier))) return false
  return verify(null, Buffer.from(text), verifier.key, bytes.subarray(keyIdBytes))
}

/** The head of a ledger at a time. */
export interface Checkpoint {
  /** Which ledger. */
  origin: string
  size: number
  root: Buffer
  /** RFC 3339. */
  time: string
}

export function checkpointText({ origin, size, root, time }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\ntime ${time}\n`
}

/** Undefined where the text is no checkpoint. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const match = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([A-Za-z0-9+/]{43}=)\ntime ([^\n]+)\n$/.exec(text)
  if (match === null) return undefined
  const [, origin, size, root, time] = match
  if (!Number.isSafeInteger(Number(size)) || Number.isNaN(Date.parse(time))) return undefined
  return { origin, size: Number(size), root: Buffer.from(root, 'base64'), time }
}
