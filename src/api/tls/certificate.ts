import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import { parseAddress } from '../../lib/ip.ts'
import * as der from './der.ts'

export interface MadeCertificate {
  /** PEM. */
  certificate: string
  /** PKCS #8 in PEM. */
  key: string
}

export interface CertificateRequest {
  /** Names and addresses under which it is to be valid. */
  names: readonly string[]
  /** Milliseconds since 1970. */
  notBefore: number
  notAfter: number
}

/** ecdsa-with-SHA256 (RFC 5758 section 3.2). */
const signatureAlgorithm = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'))

/**
 * A certificate that is its own issuer, for a key on P-256 that is made with it (RFC 5280). It is for servers only and
 * no authority: who trusts it trusts this one server and nothing it might sign.
 */
export function makeCertificate({ names, notBefore, notAfter }: CertificateRequest): MadeCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const subjectPublicKeyInfo = publicKey.export({ type: 'spki', format: 'der' })
  const name = commonName('Pavise')
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))), // version 3
    der.integer(serialNumber()),
    signatureAlgorithm,
    name,
    der.sequence(der.time(notBefore), der.time(notAfter)),
    name,
    subjectPublicKeyInfo,
    der.explicit(3, der.sequence(...extensions(names, subjectPublicKeyInfo))),
  )
  const signature = sign('sha256', toBeSigned, privateKey)
  const certificate = der.sequence(toBeSigned, signatureAlgorithm, der.bitString(signature))
  return {
    certificate: pem(certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** RFC 5280 section 4.1.2.2: positive, not empty, at most 20 bytes; CA/Browser baseline: 64 bits of chance at least. */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16)
  bytes[0] = (bytes[0] & 0x7f) | 0x40
  return bytes
}

function commonName(text: string): Uint8Array {
  return der.sequence(der.set(der.sequence(der.objectIdentifier('2.5.4.3'), der.utf8String(text))))
}

function extensions(names: readonly string[], subjectPublicKeyInfo: Uint8Array): Uint8Array[] {
  const keyIdentifier = createHash('sha1').update(subjectPublicKeyInfo).digest()
  const serverAuth = der.objectIdentifier('1.3.6.1.5.5.7.3.1')
  const digitalSignature = Buffer.from([0x03, 0x02, 0x07, 0x80]) // BIT STRING of one bit, the first
  return [
    extension('2.5.29.19', true, der.sequence()), // basicConstraints: no authority
    extension('2.5.29.15', true, digitalSignature),
    extension('2.5.29.37', false, der.sequence(serverAuth)),
    extension('2.5.29.17', false, der.sequence(...names.map(generalName))),
    extension('2.5.29.14', false, der.octetString(keyIdentifier)),
  ]
}

function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  const content = der.octetString(value)
  const identifier = der.objectIdentifier(id)
  return critical ? der.sequence(identifier, der.boolean(true), content) : der.sequence(identifier, content)
}

/** RFC 5280 section 4.2.1.6: an address is its bytes, anything else a name of DNS. */
function generalName(name: string): Uint8Array {
  const address = parseAddress(name)
  return address ? der.implicit(7, address) : der.implicit(2, Buffer.from(name, 'ascii'))
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
