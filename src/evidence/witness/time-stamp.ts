import { createHash, hash, verify, X509Certificate } from 'node:crypto'
import { derValues, type DerValue, encode, objectId, tags, within } from './der.ts'
import { chainsTo, mayStamp } from './certificates.ts'

/** Time stamps of RFC 3161: that something was there at a time says an authority, in a message of CMS (RFC 5652). */
const ids = {
  sha256: '2.16.840.1.101.3.4.2.1',
  signedData: '1.2.840.113549.1.7.2',
  timeStampInfo: '1.2.840.113549.1.9.16.1.4',
  messageDigest: '1.2.840.113549.1.9.4',
  /** ESSCertID of RFC 2634, and ESSCertIDv2 of RFC 5816. */
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const

/** Names that node:crypto has for digests (RFC 5754). */
const digests: Readonly<Record<string, string>> = {
  '1.3.14.3.2.26': 'sha1',
  [ids.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** Of SHA-256 (RFC 5754 section 2.2), in DER. */
const sha256Algorithm = Buffer.from('300d06096086480165030402010500', 'hex')

export interface TimeStamp {
  /** When it was there, RFC 3339. */
  time: string
  /** Who says so: the subject of its certificate. */
  authority: string
  /** Whether its certificate leads to one of the roots that were given. */
  isTrusted: boolean
}

/** What is sent to an authority. @param nonce of 8 bytes: the answer has it too */
export function timeStampRequest(content: string, nonce: Buffer): Buffer {
  const imprint = encode(
    tags.sequence,
    sha256Algorithm,
    encode(tags.octets, hash('sha256', content, 'buffer')),
  )
  const wantsCertificate = encode(tags.boolean, Buffer.of(0xff))
  return encode(
    tags.sequence,
    encode(tags.integer, Buffer.of(1)),
    imprint,
    nonceValue(nonce),
    wantsCertificate,
  )
}

/** Positive, and in as few bytes as it takes. */
function nonceValue(nonce: Buffer): Buffer {
  const number = BigInt(`0x${nonce.toString('hex')}`) | (1n << 62n)
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(number & ((1n << 63n) - 1n))
  return encode(tags.integer, bytes)
}

/**
 * Checks what an authority answered, without asking anybody.
 *
 * @param content what it was asked to stamp
 * @param nonce as it was asked with; not looked at where it is left out
 * @returns what is wrong with it, as text, where something is
 */
export function openTimeStamp(
  response: Buffer,
  content: string,
  { nonce, roots = [] }: { nonce?: Buffer; roots?: readonly X509Certificate[] } = {},
): TimeStamp | string {
  const token = tokenOf(response)
  if (token === undefined) return 'it is no time stamp that was granted'
  const info = infoOf(token.info)
  if (info === undefined) return 'it says nothing that a time stamp says'
  if (!info.imprint.equals(imprintOf(info.algorithm, content))) return 'it is of something else'
  if (nonce !== undefined && !info.nonce?.bytes.equals(nonceValue(nonce))) return 'it answers another request'
  const signer = token.certificates.find((certificate) => isSignedBy(token, certificate))
  if (signer === undefined) return 'it is not signed by a certificate in it'
  if (!mayStamp(signer, info.time)) return 'its certificate is not for time stamps, or not of that time'
  const isTrusted = chainsTo(signer, token.certificates, { roots, at: info.time })
  return { time: info.time.toISOString(), authority: nameOf(signer), isTrusted }
}

interface Token {
  /** What is signed: TSTInfo. */
  info: Buffer
  certificates: X509Certificate[]
  digest: string
  attributes: DerValue
  signature: Buffer
}

function tokenOf(response: Buffer): Token | undefined {
  const [status, contentInfo] = within(derValues(response)?.[0], tags.sequence)
  const granted = within(status, tags.sequence)[0]?.content
  // 0: granted, 1: granted with modifications (RFC 3161 section 2.4.2).
  if (granted?.length !== 1 || granted[0] > 1) return undefined
  const [type, wrapped] = within(contentInfo, tags.sequence)
  if (objectId(type) !== ids.signedData) return undefined
  const parts = within(within(wrapped, tags.context0)[0], tags.sequence)
  const [infoType, infoContent] = within(parts[2], tags.sequence)
  const info = within(infoContent, tags.context0)[0]
  const certificates = within(
    parts.find(({ tag }) => tag === tags.context0),
    tags.context0,
  )
  const signers = within(parts.at(-1), tags.set)
  const signer = within(signers[0], tags.sequence)
  const [, , digestAlgorithm, attributes, , signature] = signer
  const digest = digests[objectId(within(digestAlgorithm, tags.sequence)[0])]
  // Two messages of the same SHA-1 can be made: it says nothing any more of what was signed.
  if (digest === undefined || digest === 'sha1') return undefined
  const isWhole =
    info?.tag === tags.octets && attributes?.tag === tags.context0 && signature?.tag === tags.octets
  // Only one may sign a time stamp (RFC 3161 section 2.4.2).
  if (objectId(infoType) !== ids.timeStampInfo || !isWhole || signers.length !== 1) return undefined
  return {
    ...{ info: info.content, digest, attributes, signature: signature.content },
    certificates: certificates.flatMap(({ bytes }) => certificateOf(bytes)),
  }
}

function certificateOf(bytes: Buffer): X509Certificate[] {
  try {
    return [new X509Certificate(bytes)]
  } catch {
    return []
  }
}

interface Info {
  algorithm: string
  imprint: Buffer
  time: Date
  nonce: DerValue | undefined
}

function infoOf(bytes: Buffer): Info | undefined {
  const [, , imprint, , generatedAt, ...rest] = within(derValues(bytes)?.[0], tags.sequence)
  const [algorithm, hashed] = within(imprint, tags.sequence)
  const time =
    generatedAt?.tag === tags.generalizedTime ? timeOf(generatedAt.content.toString('latin1')) : undefined
  if (time === undefined || hashed?.tag !== tags.octets) return undefined
  return {
    algorithm: digests[objectId(within(algorithm, tags.sequence)[0])] ?? '',
    imprint: hashed.content,
    time,
    nonce: rest.find(({ tag }) => tag === tags.integer),
  }
}

/** GeneralizedTime as RFC 3161 section 2.4.2 has it: `20261121120000.25Z`. */
function timeOf(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{1,9})?Z$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second, fraction = ''] = match
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`)
  return Number.isNaN(ms) ? undefined : new Date(ms)
}

/** SHA-1 would no longer say that it is the same. */
function imprintOf(algorithm: string, content: string): Buffer {
  return algorithm === '' || algorithm === 'sha1' ? Buffer.alloc(0) : hash(algorithm, content, 'buffer')
}

/** The signature is over the attributes, as a SET; they hold the digest of what is stamped, and which certificate it is. */
function isSignedBy(token: Token, certificate: X509Certificate): boolean {
  const { info, digest, attributes, signature } = token
  const told = new Map(
    within(attributes, tags.context0).map((attribute) => {
      const [type, values] = within(attribute, tags.sequence)
      return [objectId(type), within(values, tags.set)[0]]
    }),
  )
  if (!told.get(ids.messageDigest)?.content.equals(createHash(digest).update(info).digest())) return false
  if (!namesCertificate(told, certificate)) return false
  const signed = Buffer.concat([Buffer.of(tags.set), attributes.bytes.subarray(1)])
  const isOwnDigest = certificate.publicKey.asymmetricKeyType?.startsWith('ed') === true
  try {
    return verify(isOwnDigest ? null : digest, signed, certificate.publicKey, signature)
  } catch {
    return false
  }
}

/** RFC 3161 section 2.4.2 with RFC 5816: the certificate that signs is named by its hash, first of those that are. */
function namesCertificate(told: ReadonlyMap<string, DerValue>, certificate: X509Certificate): boolean {
  const isNewer = told.has(ids.signingCertificateV2)
  const named = told.get(isNewer ? ids.signingCertificateV2 : ids.signingCertificate)
  const parts = within(within(within(named, tags.sequence)[0], tags.sequence)[0], tags.sequence)
  const algorithm = within(parts[0], tags.sequence)[0]
  const digest = isNewer ? (algorithm === undefined ? 'sha256' : digests[objectId(algorithm)]) : 'sha1'
  const hashed = parts.find(({ tag }) => tag === tags.octets)
  if (digest === undefined || hashed === undefined) return false
  return createHash(digest).update(certificate.raw).digest().equals(hashed.content)
}

/** On one line, as `openssl` writes it. */
function nameOf({ subject }: X509Certificate): string {
  return subject.split('\n').join(', ')
}
