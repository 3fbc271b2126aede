import { hexValue, isAscii, isDigit } from '../../lib/ascii.ts'

export const HostKind = {
  public: 0,
  private: 1,
  loopback: 2,
  metadata: 3,
  internal: 4,
  rebinding: 5,
} as const
type HostKind = (typeof HostKind)[keyof typeof HostKind]

export interface Host {
  readonly kind: HostKind
  /** Whether it is a number that is not four decimal ones, or an address of IPv6 that is one of IPv4. */
  readonly isDisguised: boolean
}

const nobody: Host = { kind: HostKind.public, isDisguised: false }

const metadataNames = new Set([
  'metadata.google.internal',
  'metadata',
  'instance-data',
  'metadata.azure.com',
  'metadata.packet.net',
  'metadata.tencentyun.com',
  'metadata.platformequinix.com',
  'instance-data.ec2.internal',
  'rancher-metadata',
])
const loopbackNames = new Set([
  'localhost',
  'localhost.localdomain',
  'ip6-localhost',
  'ip6-loopback',
  'loopback',
  'localhost6',
  '0',
])
const internalEndings = [
  '.svc',
  '.svc.cluster.local',
  '.cluster.local',
  '.internal',
  '.consul',
  '.docker.internal',
  'kubernetes.default',
]
const rebindingEndings = [
  '.nip.io',
  '.sslip.io',
  '.xip.io',
  'localtest.me',
  '.lvh.me',
  'vcap.me',
  'lacolhost.com',
  '.rbndr.us',
  'localh.st',
  '.1u.ms',
  'spoofed.burpcollaborator.net',
]

/** What a host (lower case, without port, IPv6 in brackets) is to a server that would connect to it. */
export function hostKind(sent: string): Host {
  // Digits in circles and wide letters are digits and letters to what resolves names (UTS 46).
  const host = isAscii(sent) ? sent : sent.normalize('NFKC').toLowerCase()
  if (host.startsWith('[')) return ipv6Kind(host.slice(1, host.endsWith(']') ? -1 : undefined))
  const name = host.endsWith('.') ? host.slice(0, -1) : host
  if (metadataNames.has(name)) return { kind: HostKind.metadata, isDisguised: false }
  if (loopbackNames.has(name) || name.endsWith('.localhost'))
    return { kind: HostKind.loopback, isDisguised: false }
  const address = readIpv4(name)
  if (address !== undefined) return { kind: ipv4Kind(address.value), isDisguised: address.isUnusual }
  if (internalEndings.some((ending) => name.endsWith(ending)))
    return { kind: HostKind.internal, isDisguised: false }
  if (rebindingEndings.some((ending) => name.endsWith(ending)))
    return { kind: HostKind.rebinding, isDisguised: false }
  return nobody
}

/**
 * An address of IPv4 in any notation that `inet_aton` reads: one to four numbers, decimal, octal or hexadecimal, the last of them filling
 * what is left (`127.1`, `0x7f000001`, `017700000001`, `2130706433`).
 */
export function readIpv4(text: string): { value: number; isUnusual: boolean } | undefined {
  const parts = text.split('.', 5)
  if (parts.length > 4) return undefined
  let value = 0
  let isUnusual = parts.length !== 4
  for (const [i, part] of parts.entries()) {
    const number = readNumber(part)
    const isLast = i === parts.length - 1
    if (number === undefined || number >= (isLast ? 256 ** (5 - parts.length) : 256)) return undefined
    if (part.length > 1 && part.charCodeAt(0) === 0x30) isUnusual = true
    value = value * (isLast ? 256 ** (5 - parts.length) : 256) + number
  }
  return { value, isUnusual }
}

function readNumber(text: string): number | undefined {
  if (text === '' || text.length > 16) return undefined
  if (text.startsWith('0x')) return readDigits(text, 2, 16)
  return text.length > 1 && text.startsWith('0') ? readDigits(text, 1, 8) : readDigits(text, 0, 10)
}

function readDigits(text: string, start: number, base: number): number | undefined {
  if (start === text.length) return undefined
  let value = 0
  for (let i = start; i < text.length; i++) {
    const digit = hexValue(text.charCodeAt(i))
    if (digit < 0 || digit >= base) return undefined
    value = value * base + digit
  }
  return value
}

/** RFC 6890; 100.100.100.200 and 192.0.0.192 are metadata services of clouds, as 169.254.169.254 and .170.2 are. */
function ipv4Kind(value: number): HostKind {
  if (value === 0xa9fea9fe || value === 0xa9feaa02 || value === 0x646464c8 || value === 0xc00000c0)
    return HostKind.metadata
  const first = Math.floor(value / 0x1000000)
  const second = Math.floor(value / 0x10000) % 256
  if (first === 127 || first === 0) return HostKind.loopback
  if (
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second < 128)
  )
    return HostKind.private
  return HostKind.public
}

function ipv6Kind(text: string): Host {
  const zone = text.indexOf('%')
  const address = zone < 0 ? text : text.slice(0, zone)
  if (address === '::1' || address === '::' || address === '0:0:0:0:0:0:0:1' || address === '0000::1')
    return { kind: HostKind.loopback, isDisguised: false }
  if (address.startsWith('fd00:ec2::') || address === 'fd20:ce::254')
    return { kind: HostKind.metadata, isDisguised: false }
  const embedded = embeddedIpv4(address)
  if (embedded !== undefined) return { kind: ipv4Kind(embedded), isDisguised: true }
  return address.startsWith('fe80:') || address.startsWith('fc') || address.startsWith('fd')
    ? { kind: HostKind.private, isDisguised: false }
    : nobody
}

/** `::ffff:127.0.0.1`, `::ffff:7f00:1`, `64:ff9b::7f00:1`, `::127.0.0.1`, `2002:7f00:1::` (RFC 4291 2.5.5, RFC 6052, RFC 3056). */
function embeddedIpv4(address: string): number | undefined {
  if (address.startsWith('2002:')) return groupsValue(address.slice(5))
  for (const prefix of ['::ffff:0:', '::ffff:', '0:0:0:0:0:ffff:', '64:ff9b::', '::'])
    if (address.startsWith(prefix)) {
      const rest = address.slice(prefix.length)
      return rest.includes('.') ? readIpv4(rest)?.value : groupsValue(rest)
    }
  return undefined
}

function groupsValue(text: string): number | undefined {
  const [high, low, more] = text.split(':', 3)
  if (high === undefined || low === undefined || (more !== undefined && more !== '')) return undefined
  const first = readDigits(high, 0, 16)
  const second = readDigits(low, 0, 16)
  return first === undefined ||
    second === undefined ||
    (!isDigit(high.charCodeAt(0)) && hexValue(high.charCodeAt(0)) < 0)
    ? undefined
    : first * 0x10000 + second
}
