import { createHash } from 'node:crypto'
import type { ClientHello } from './client-hello.ts'
import { limits } from './limits.ts'
import type { ServerHello } from './server-hello.ts'
import { hex4, isGrease, Version } from './versions.ts'

/** Extensions that JA4 leaves out of its third part: server name and ALPN tell where, not what. */
const SERVER_NAME = 0
const ALPN = 16

/** JA3 of a hello (salesforce/ja3): MD5 of version, ciphers, extensions, groups and point formats in decimal, without GREASE. */
export function ja3(hello: ClientHello): string {
  const lists = [hello.ciphers, hello.extensions, hello.groups, hello.pointFormats]
  const text = [hello.legacyVersion, ...lists.map((list) => decimals(list))].join(',')
  return digest('md5', text)
}

/** JA3S: the same of a server's answer, which has one cipher and no groups. */
export function ja3s({ legacyVersion, cipher, extensions }: ServerHello): string {
  return digest('md5', [legacyVersion, cipher, extensions.join('-')].join(','))
}

/**
 * JA4 (FoxIO, TLS client): `t13d1516h2_8daaf6152771_b186095e22b6`. In the clear what kind of client, then the ciphers, then
 * extensions with signature algorithms: the first two sorted, so that the order in which a browser shuffles them is nothing.
 */
export function ja4(hello: ClientHello, transport: 't' | 'q' = 't'): string {
  const ciphers = hello.ciphers.filter((cipher) => !isGrease(cipher))
  const extensions = hello.extensions.filter((extension) => !isGrease(extension))
  const kind = [
    transport,
    shortVersion(hello.version),
    extensions.includes(SERVER_NAME) ? 'd' : 'i',
    twoDigits(ciphers.length),
    twoDigits(extensions.length),
    shortProtocol(hello.firstAlpn),
  ].join('')
  const sorted = extensions.filter((each) => each !== SERVER_NAME && each !== ALPN)
  const algorithms = hello.signatureAlgorithms.filter((each) => !isGrease(each))
  const rest = [sortedHex(sorted), ...(algorithms.length > 0 ? [algorithms.map(hex4).join()] : [])].join('_')
  const ends = [sortedHex(ciphers), extensions.length === 0 ? '' : rest].map(shortHash)
  return [kind, ...ends].join('_')
}

function decimals(values: readonly number[]): string {
  return values.filter((value) => !isGrease(value)).join('-')
}

function sortedHex(values: readonly number[]): string {
  return values.map(hex4).sort().join()
}

function twoDigits(count: number): string {
  return String(Math.min(99, count)).padStart(2, '0')
}

function shortVersion(version: number): string {
  switch (version) {
    case Version.tls13:
      return '13'
    case Version.tls12:
      return '12'
    case Version.tls11:
      return '11'
    case Version.tls10:
      return '10'
    case Version.ssl3:
      return 's3'
    case Version.ssl2:
      return 's2'
    default:
      return '00'
  }
}

/** First and last character of the first protocol offered; of their hexadecimal where one is no letter or digit. */
function shortProtocol(protocol: Uint8Array | undefined): string {
  if (protocol === undefined || protocol.length === 0) return '00'
  const [first, last] = [protocol[0], protocol[protocol.length - 1]]
  if (isAlphanumeric(first) && isAlphanumeric(last)) return String.fromCharCode(first, last)
  return (first >> 4).toString(16) + (last & 15).toString(16)
}

function isAlphanumeric(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a)
}

function shortHash(text: string): string {
  return text === '' ? '000000000000' : digest('sha256', text).slice(0, 12)
}

/** A few programs make most hellos: their digests are kept, and shared by the flows. Oldest first. */
const kept = new Map<string, string>()

function digest(algorithm: 'md5' | 'sha256', text: string): string {
  const known = kept.get(text)
  if (known !== undefined) return known
  const made = createHash(algorithm).update(text).digest('hex')
  if (text.length > limits.keptFingerprintCharacters) return made
  if (kept.size >= limits.keptFingerprints) {
    for (const oldest of kept.keys()) {
      kept.delete(oldest)
      break
    }
  }
  kept.set(text, made)
  return made
}
