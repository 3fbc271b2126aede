import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { replaceDurably } from '../../lib/durable-file.ts'
import { PaviseError } from '../../lib/errors.ts'
import { makeCertificate } from '../../certificates/certificate.ts'

const dayMs = 24 * 60 * 60 * 1000
/** What browsers take of a server at most (CA/Browser baseline requirements 6.3.2), and when it is made anew. */
const validMs = 397 * dayMs
const renewalMs = 30 * dayMs
/** Before now, for clocks that are behind. */
const clockSkewMs = 60 * 60 * 1000

export interface CertificateFiles {
  certificate: string
  key: string
}

export interface ServerCertificate {
  /** PEM. */
  certificate: string
  key: string
  /** SHA-256, as browsers show it. */
  fingerprint: string
  /** Milliseconds since 1970. */
  notAfter: number
}

export class CertificateError extends PaviseError<'CERTIFICATE_UNUSABLE'> {}

/**
 * The certificate of this Pavise, made at the first start and again a month before it expires.
 *
 * @throws CertificateError
 */
export function ownCertificate(files: CertificateFiles, now: number): ServerCertificate {
  const known = existsSync(files.certificate) && existsSync(files.key) ? readCertificate(files) : null
  if (known && known.notAfter - now > renewalMs) return known
  const names = ['localhost', '127.0.0.1', '::1']
  const made = makeCertificate({ names, notBefore: now - clockSkewMs, notAfter: now + validMs })
  try {
    replaceDurably(files.key, made.key)
    replaceDurably(files.certificate, made.certificate)
  } catch (error) {
    throw unusable(files, (error as Error).message, error)
  }
  return readCertificate(files)
}

/**
 * A certificate that is given, with those of its issuers behind it where it has any.
 *
 * @throws CertificateError where a file cannot be read, or the key is of another certificate
 */
export function readCertificate(files: CertificateFiles): ServerCertificate {
  try {
    const certificate = readFileSync(files.certificate, 'utf8')
    const key = readFileSync(files.key, 'utf8')
    const parsed = new X509Certificate(certificate)
    if (!parsed.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is of another certificate')
    return { certificate, key, fingerprint: parsed.fingerprint256, notAfter: parsed.validToDate.getTime() }
  } catch (error) {
    throw unusable(files, (error as Error).message, error)
  }
}

function unusable({ certificate, key }: CertificateFiles, why: string, cause: unknown): CertificateError {
  return new CertificateError('CERTIFICATE_UNUSABLE', `${certificate}, ${key}: ${why}`, {
    cause,
    nextStep:
      'Give a certificate and its key in PEM with --tls-certificate and --tls-key, or move these away.',
  })
}
