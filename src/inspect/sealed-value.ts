import type { KeyedHash } from '../personal-data/counting/keyed-hash.ts'
import type { Finding } from '../personal-data/detector.ts'
import type { Recogniser } from '../personal-data/recogniser.ts'

/** A value as it may be kept: masked and hashed. */
export interface SealedValue {
  recogniser: Recogniser
  confidence: number
  /** Keyed fingerprint, as two unsigned halves. */
  high: number
  low: number
  masked: string
  hash: string
}

export function sealValue(finding: Finding, hashes: KeyedHash): SealedValue {
  const { recogniser, confidence, bytes, start, end } = finding
  hashes.fingerprint(finding)
  const { high, low } = hashes
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8')
  return { recogniser, confidence, high, low, masked: recogniser.mask(text), hash: hashes.hash(finding) }
}
