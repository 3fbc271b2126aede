import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { EvidenceError } from '../evidence-error.ts'
import { evidenceLimits } from '../limits.ts'

/** id-kp-timeStamping (RFC 3161 section 2.3). */
const timeStamping = '1.3.6.1.5.5.7.3.8'

/** Whether a certificate is for time stamps, and was valid at a time. */
export function mayStamp(certificate: X509Certificate, at: Date): boolean {
  return (certificate.keyUsage ?? []).includes(timeStamping) && isValid(certificate, at)
}

/** Whether a certificate leads to a root, over others that came along (RFC 5280, as far as signatures, validity and CA go). */
export function chainsTo(
  certificate: X509Certificate,
  others: readonly X509Certificate[],
  { roots, at }: { roots: readonly X509Certificate[]; at: Date },
): boolean {
  let known = certificate
  for (let depth = 0; depth < evidenceLimits.certificateChain; depth++) {
    if (roots.some((root) => root.raw.equals(known.raw))) return true
    const root = roots.find((each) => isIssuer(each, known, at))
    if (root !== undefined) return true
    const issuer = others.find((each) => !each.raw.equals(known.raw) && isIssuer(each, known, at))
    if (issuer === undefined) return false
    known = issuer
  }
  return false
}

/**
 * The certificates in a file in PEM.
 *
 * @throws EvidenceError `CERTIFICATE_UNUSABLE`
 */
export function readCertificates(path: string): X509Certificate[] {
  try {
    const text = readFileSync(path, 'utf8')
    const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    if (found.length === 0) throw new Error('it holds no certificate')
    return found.map((pem) => new X509Certificate(pem))
  } catch (error) {
    throw new EvidenceError('CERTIFICATE_UNUSABLE', `${path}: ${(error as Error).message}`, {
      cause: error,
      nextStep: 'Name a file with certificates in PEM: the root of the time stamping authority.',
    })
  }
}

function isIssuer(issuer: X509Certificate, certificate: X509Certificate, at: Date): boolean {
  try {
    return (
      issuer.ca &&
      isValid(issuer, at) &&
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey)
    )
  } catch {
    return false
  }
}

function isValid({ validFromDate, validToDate }: X509Certificate, at: Date): boolean {
  return validFromDate <= at && at <= validToDate
}
