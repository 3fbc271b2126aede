import type { Match } from '../../../scan/scanner.ts'
import { maxShownShare } from '../../masking.ts'
import type { Recogniser } from '../../recogniser.ts'

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const group = '[0-9a-f]{1,4}'

export const ipAddress: Recogniser = {
  id: 'ip-address',
  name: 'IP address',
  category: 'online',
  forms: [
    { expression: `${octet}\\.${octet}\\.${octet}\\.${octet}`, confidence: 0.7 },
    { expression: `${group}:${group}:(?:${group}:){5}${group}`, confidence: 0.97 },
    { expression: `${group}:(?:${group}:){0,5}:(?:${group}(?::${group}){0,5})?`, confidence: 0.9 },
    { expression: `::${group}(?::${group}){1,5}`, confidence: 0.9 },
  ],
  ignoreCase: true,
  check: (match) => (isDotted(match) ? isHostAddress4(match) : isHostAddress6(match)),
  fieldNames: [
    'ip',
    'ip address',
    'ip addr',
    'addr',
    'client ip',
    'remote addr',
    'remote address',
    'x forwarded for',
    'forwarded for',
    'forwarded',
    'x real ip',
    'source ip',
    'src ip',
    'dst ip',
    'client',
    'adresse ip',
    'direccion ip',
    'indirizzo ip',
    'ip adresse',
    'ip adres',
    'adres ip',
    'endereco ip',
  ],
  notFieldNames: [
    'version',
    'ver',
    'release',
    'build',
    'revision',
    'firmware',
    'oid',
    'netmask',
    'mask',
    'subnet',
    'user agent',
    'server',
    'host',
    'authority',
    'via',
  ],
  contextWords: {
    en: ['ip', 'address', 'client', 'host', 'remote'],
    de: ['ip', 'adresse'],
    fr: ['ip', 'adresse'],
    es: ['ip', 'dirección'],
    it: ['ip', 'indirizzo'],
  },
  mask: maskAddress,
  normalise: (bytes, start, end, out) => {
    for (let i = start; i < end; i++)
      out[i - start] = bytes[i] >= 0x41 && bytes[i] <= 0x5a ? bytes[i] | 0x20 : bytes[i]
    return end - start
  },
  source: 'RFC 791, RFC 4291 section 2.2; personal data: CJEU C-582/14 (Breyer)',
  examples: {
    good: [
      '86.231.85.193',
      '10.218.6.131',
      '2001:db8:85a3:8d3:1319:8a2e:370:7348',
      '2a02:8108::1f',
      '4F8A:C99E:DC86:FAF9:5988:5F63:375E:8A2A',
    ],
    bad: [
      '127.0.0.1',
      '0.0.0.0',
      '255.255.255.0',
      '1.2.3',
      '1.2.3.4.5',
      '256.1.1.1',
      '01.2.3.4',
      '::',
      '::1',
      '12:34:56',
      'a::b',
      '1:2:3:4:5:6:7',
      'ffff:ffff:ffff:ffff::',
      '2F:7B:44:51:9C:D0:3D:1A',
      '2F:7B:44:51:9C:D0:3D:1A:77:E5:4F:92',
      'Chrome/119.0.0.0',
    ],
  },
}

/** A colon comes before the fifth digit of an IPv6 address, a dot before the fourth of an IPv4 address. */
function isDotted({ bytes, start }: Match): boolean {
  let at = start
  while (bytes[at] !== 0x2e && bytes[at] !== 0x3a) at++
  return bytes[at] === 0x2e
}

/** Not of a network itself, of everyone, or of the machine (RFC 6890), and not a version behind a product's name. */
function isHostAddress4({ bytes, start, end, from }: Match): boolean {
  const isProductVersion = start - 1 > from && bytes[start - 1] === 0x2f && bytes[start - 2] !== 0x2f
  if (isProductVersion) return false
  let first = 0
  for (let i = start; bytes[i] !== 0x2e; i++) first = first * 10 + bytes[i] - 0x30
  const endsInZero = bytes[end - 1] === 0x30 && bytes[end - 2] === 0x2e
  return first > 0 && first !== 127 && first < 224 && !endsInZero
}

/**
 * At most seven groups around `::`, and enough of them that it is not code (`a::b`), loopback or unspecified. Not of
 * everyone, nor a mask (both begin with ff), and no bytes of a key's fingerprint, which come in pairs of digits.
 */
function isHostAddress6({ bytes, start, end }: Match): boolean {
  if (isF(bytes[start]) && isF(bytes[start + 1]) && bytes[start + 4] === 0x3a) return false
  let groups = 0
  let digits = 0
  let pairs = 0
  for (let i = start; i < end; i++) {
    if (bytes[i] === 0x3a) continue
    digits++
    if (i > start && bytes[i - 1] !== 0x3a) continue
    groups++
    if (bytes[i + 1] !== 0x3a && (i + 2 === end || bytes[i + 2] === 0x3a)) pairs++
  }
  if (groups === 8) return pairs < 8
  return groups >= 2 && groups < 8 && digits >= 5
}

function isF(byte: number): boolean {
  return (byte | 0x20) === 0x66
}

/** Shows the first part only, and not even that of an address so short that it would be too much. */
function maskAddress(value: string): string {
  const separator = value.includes(':') ? ':' : '.'
  const [first, ...others] = value.split(separator)
  // An address of version 6 may end in one of version 4.
  const length = value.replaceAll(/[:.]/g, '').length
  const shown = first.length > length * maxShownShare ? '*' : first
  return [shown, ...others.map((part) => (part === '' ? '' : '*'))].join(separator)
}
