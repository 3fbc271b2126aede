import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { parseAddress } from '../lib/ip.ts'
import * as der from './der.ts'

export interface MadeCertificate {
  /** PEM. */
  certificate: string
  /** PKCS #8 in PEM. */
  key: string
}

export interface CertificateRequest {
  /** Names, addresses and URNs under which it is to be valid. */
  names: readonly string[]
  /** Milliseconds since 1970. */
  notBefore: number
  notAfter: number
}

/** Whose key a certificate is for, and what it may be used for. */
export interface CertificateSubject extends CertificateRequest {
  /** Common name. */
  subject: string
  use: 'server' | 'client' | 'authority'
  publicKey: KeyObject
}

/** Who signs a certificate. */
export interface CertificateIssuer {
  /** Common name of its own certificate. */
  subject: string
  /** On P-256. */
  publicKey: KeyObject
  privateKey: KeyObject
}

/** ecdsa-with-SHA256 (RFC 5758 section 3.2). */
const signatureAlgorithm = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'))

/** A key pair on P-256. */
export function makeKeyPair(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' })
}

/** PKCS #8 in PEM. */
export function keyText(privateKey: KeyObject): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

/**
 * A certificate that is its own issuer, for a key that is made with it. It is for servers only and no authority: who trusts it
 * trusts this one server and nothing it might sign.
 */
export function makeCertificate(request: CertificateRequest): MadeCertificate {
  const keys = makeKeyPair()
  const subject = { ...request, subject: 'Pavise', use: 'server' as const, publicKey: keys.publicKey }
  return {
    certificate: signCertificate(subject, { subject: 'Pavise', ...keys }),
    key: keyText(keys.privateKey),
  }
}

/** A certificate (RFC 5280) in PEM. */
export function signCertificate(subject: CertificateSubject, issuer: CertificateIssuer): string {
  const toBeSigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))), // version 3
    der.integer(serialNumber()),
    signatureAlgorithm,
    commonName(issuer.subject),
    der.sequence(der.time(subject.notBefore), der.time(subject.notAfter)),
    commonName(subject.subject),
    publicKeyInfo(subject.publicKey),
    der.explicit(3, der.sequence(...extensions(subject, issuer))),
  )
  const signature = sign('sha256', toBeSigned, issuer.privateKey)
  return pem(der.sequence(toBeSigned, signatureAlgorithm, der.bitString(signature)))
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

function publicKeyInfo(key: KeyObject): Uint8Array {
  return key.export({ type: 'spki', format: 'der' })
}

function keyIdentifier(key: KeyObject): Uint8Array {
  return createHash('sha1').update(publicKeyInfo(key)).digest()
}

function extensions({ use, names, publicKey }: CertificateSubject, issuer: CertificateIssuer): Uint8Array[] {
  const alternative = extension('2.5.29.17', false, der.sequence(...names.map(generalName)))
  const issuerKey = der.sequence(der.implicit(0, keyIdentifier(issuer.publicKey)))
  return [
    ...(use === 'authority' ? authorityUse : endUse(use)),
    ...(names.length > 0 ? [alternative] : []),
    extension('2.5.29.14', false, der.octetString(keyIdentifier(publicKey))),
    extension('2.5.29.35', false, issuerKey),
  ]
}

/** An authority with none below it (RFC 5280 section 4.2.1.9), that signs certificates and nothing else. */
const authorityUse = [
  extension('2.5.29.19', true, der.sequence(der.boolean(true), der.integer(Buffer.from([0])))),
  extension('2.5.29.15', true, Buffer.from([0x03, 0x02, 0x02, 0x04])), // BIT STRING of six bits, the sixth: keyCertSign
]

function endUse(use: 'server' | 'client'): Uint8Array[] {
  const purpose = der.objectIdentifier(use === 'server' ? '1.3.6.1.5.5.7.3.1' : '1.3.6.1.5.5.7.3.2')
  return [
    extension('2.5.29.19', true, der.sequence()), // basicConstraints: no authority
    extension('2.5.29.15', true, Buffer.from([0x03, 0x02, 0x07, 0x80])), // BIT STRING of one bit: digitalSignature
    extension('2.5.29.37', false, der.sequence(purpose)),
  ]
}

function extension(id: string, critical: boolean, value: Uint8Array): Uint8Array {
  const content = der.octetString(value)
  const identifier = der.objectIdentifier(id)
  return critical ? der.sequence(identifier, der.boolean(true), content) : der.sequence(identifier, content)
}

/** RFC 5280 section 4.2.1.6: an address is its bytes, a URN a URI, anything else a name of DNS. */
function generalName(name: string): Uint8Array {
  const address = parseAddress(name)
  if (address) return der.implicit(7, address)
  return der.implicit(name.startsWith('urn:') ? 6 : 2, Buffer.from(name, 'ascii'))
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
