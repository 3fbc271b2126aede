import { createHash } from 'node:crypto'
import { formatAddress } from '../../lib/ip.ts'
import { formatTime } from '../../lib/time.ts'
import type { CertificateSummary } from '../../model/records.ts'
import { contentHex, contextTag, type Element, elementsIn, readElement, readTime, Tag } from './der.ts'
import { nameAttributes, shownName } from './distinguished-name.ts'
import { limits } from './limits.ts'
import { readName } from './names.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'

/** A certificate as a flow's record has it, and what is judged by. */
export interface Certificate {
  summary: CertificateSummary
  /** Milliseconds since 1970. */
  notBefore: number
  notAfter: number
  hasWeakKey: boolean
  /** What of it may be of a person, for inspection: attributes of the subject, e-mail addresses, in UTF-8. */
  personal: { name: string; bytes: Uint8Array }[]
}

/** Of `id-ce-subjectAltName`. */
const SUBJECT_ALTERNATIVE_NAME = '551d11'
/** Tags of `GeneralName` (RFC 5280 section 4.2.1.6). */
const GeneralName = { email: 0x81, host: 0x82, uri: 0x86, address: 0x87 } as const

/** Few servers make most chains. By fingerprint and whether it is a client's, oldest first. */
const kept = new Map<string, Certificate | null>()

/**
 * Reads one certificate (RFC 5280); null where it is none. A client's is a person's or a program's: its subject is covered
 * in the summary.
 */
export function readCertificate(
  bytes: Uint8Array,
  start: number,
  end: number,
  isClient: boolean,
): Certificate | null {
  const fingerprint = createHash('sha256').update(bytes.subarray(start, end)).digest('hex')
  const key = isClient ? `client ${fingerprint}` : fingerprint
  const known = kept.get(key)
  if (known !== undefined) return known
  const certificate = parse(bytes, start, end, fingerprint, isClient)
  if (kept.size >= limits.keptCertificates) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest)
      break
    }
  }
  kept.set(key, certificate)
  return certificate
}

/** The fields of `TBSCertificate` that count, in their order. */
interface Fields {
  issuer: Element
  validity: Element
  subject: Element
  publicKey: Element
  extensions: Element | undefined
}

function parse(
  bytes: Uint8Array,
  start: number,
  end: number,
  fingerprint: string,
  isClient: boolean,
): Certificate | null {
  const fields = readFields(bytes, start, end)
  if (fields === undefined) return null
  const [first, last] = elementsIn(bytes, fields.validity)
  const notBefore = first && readTime(bytes, first)
  const notAfter = last && readTime(bytes, last)
  if (notBefore === undefined || notAfter === undefined) return null
  const key: PublicKey = readPublicKey(bytes, fields.publicKey)
  const names = [...alternativeNames(bytes, fields.extensions)]
  const summary: CertificateSummary = {
    subject: shownName(bytes, fields.subject, isClient),
    issuer: shownName(bytes, fields.issuer, isClient && isSame(bytes, fields)),
    names: names.filter(({ isEmail }) => !isEmail && !isClient).map(({ text }) => text),
    notBefore: formatTime(notBefore * 1000),
    notAfter: formatTime(notAfter * 1000),
    key: key.name,
    fingerprint,
    selfSigned: isSame(bytes, fields),
  }
  summary.names.length = Math.min(summary.names.length, limits.certificateNames)
  const personal = [...personalParts(bytes, fields, names)]
  return { summary, notBefore, notAfter, hasWeakKey: key.isWeak, personal }
}

function readFields(bytes: Uint8Array, start: number, end: number): Fields | undefined {
  const certificate = readElement(bytes, start, end)
  if (certificate?.tag !== Tag.sequence) return undefined
  const signed = readElement(bytes, certificate.start, certificate.end)
  if (signed?.tag !== Tag.sequence) return undefined
  const fields = [...elementsIn(bytes, signed)]
  if (fields[0]?.tag === contextTag(0)) fields.shift() // version
  const [, , issuer, validity, subject, publicKey, ...rest] = fields
  if (publicKey?.tag !== Tag.sequence || subject.tag !== Tag.sequence) return undefined
  const extensions = rest.find(({ tag }) => tag === contextTag(3))
  return { issuer, validity, subject, publicKey, extensions }
}

/** Issued by itself. Whether the signature is its own is not looked at: nobody who trusts by names would be told. */
function isSame(bytes: Uint8Array, { subject, issuer }: Fields): boolean {
  return contentHex(bytes, subject) === contentHex(bytes, issuer)
}

interface AlternativeName {
  text: string
  isEmail: boolean
  start: number
  end: number
}

function* alternativeNames(bytes: Uint8Array, extensions: Element | undefined): Generator<AlternativeName> {
  const list = extensions && readElement(bytes, extensions.start, extensions.end)
  if (list === undefined) return
  for (const extension of elementsIn(bytes, list)) {
    const [identifier, ...values] = elementsIn(bytes, extension)
    const value = values.at(-1)
    if (identifier === undefined || value?.tag !== Tag.octetString) continue
    if (contentHex(bytes, identifier) !== SUBJECT_ALTERNATIVE_NAME) continue
    const names = readElement(bytes, value.start, value.end)
    if (names !== undefined) yield* generalNames(bytes, names)
  }
}

function* generalNames(bytes: Uint8Array, names: Element): Generator<AlternativeName> {
  for (const { tag, start, end } of elementsIn(bytes, names)) {
    const length = end - start
    if (tag === GeneralName.address && (length === 4 || length === 16))
      yield { text: formatAddress(bytes, start, length), isEmail: false, start, end }
    else if (tag === GeneralName.host || tag === GeneralName.uri || tag === GeneralName.email)
      yield { text: readName(bytes, start, end), isEmail: tag === GeneralName.email, start, end }
  }
}

function* personalParts(
  bytes: Uint8Array,
  { subject }: Fields,
  names: AlternativeName[],
): Generator<Certificate['personal'][number]> {
  const cut = (start: number, end: number) => bytes.slice(start, Math.min(end, start + limits.nameCharacters))
  for (const { type, start, end } of nameAttributes(bytes, subject))
    yield { name: `subject.${type}`, bytes: cut(start, end) }
  for (const { isEmail, start, end } of names.slice(0, limits.certificateNames))
    if (isEmail) yield { name: 'email', bytes: cut(start, end) }
}
