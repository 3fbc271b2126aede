import { parseAddress } from '../../lib/ip.ts'

/** An address as four words, IPv4 as `::ffff:a.b.c.d` (RFC 4291 section 2.5.5.2), so that both are of one order. */
export type AddressWords = readonly [number, number, number, number]

/** What a value of an `address` criterion names. */
export type AddressValue =
  | { kind: 'range'; first: AddressWords; last: AddressWords }
  /** `name` in lower case; `isWildcard`: what ends in `.name`. Virtual hosts are told by SNI and Host, names by DNS. */
  | { kind: 'name' | 'virtual-host'; name: string; isWildcard: boolean }

const hostName = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*$/

/** IP, CIDR, range `a-b`, DNS name, `*.two.labels` or `vh:<host>`; undefined where it is none of them. */
export function parseAddressValue(value: string): AddressValue | undefined {
  const text = value.trim().toLowerCase()
  if (text.startsWith('vh:')) return nameValue('virtual-host', text.slice(3))
  if (text.includes('/')) return cidrRange(text)
  const single = addressWords(text)
  if (single !== undefined) return { kind: 'range', first: single, last: single }
  return betweenRange(text) ?? nameValue('name', text)
}

/** Words of an address as text; undefined where it is none. */
export function addressWords(text: string): AddressWords | undefined {
  const bytes = parseAddress(text)
  return bytes === undefined ? undefined : wordsOf(bytes)
}

/** @param bytes - 4 or 16 in network order */
export function wordsOf(bytes: Uint8Array): AddressWords {
  const word = (at: number) =>
    ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0
  return bytes.length === 4 ? [0, 0, 0xffff, word(0)] : [word(0), word(4), word(8), word(12)]
}

export function compareWords(a: AddressWords, b: AddressWords): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]
}

/** The address that follows; undefined behind the last. */
export function nextWords(words: AddressWords): AddressWords | undefined {
  const next: [number, number, number, number] = [...words]
  for (let i = 3; i >= 0; i--) {
    if (next[i] < 0xffff_ffff) {
      next[i]++
      return next
    }
    next[i] = 0
  }
  return undefined
}

function cidrRange(text: string): AddressValue | undefined {
  const [address, length, ...rest] = text.split('/')
  const words = addressWords(address)
  if (words === undefined || rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined
  const isIpv4 = !address.includes(':')
  const prefix = Number(length) + (isIpv4 ? 96 : 0)
  if (prefix > 128) return undefined
  const mask = (i: number) => maskOf(prefix - 32 * i)
  const at = (fill: (word: number, mask: number) => number) =>
    words.map((word, i) => fill(word, mask(i)) >>> 0) as unknown as AddressWords
  return {
    kind: 'range',
    first: at((word, bits) => word & bits),
    last: at((word, bits) => word | ~bits),
  }
}

/** The first bits of a word. */
function maskOf(bits: number): number {
  if (bits <= 0) return 0
  return bits >= 32 ? 0xffff_ffff : (0xffff_ffff << (32 - bits)) >>> 0
}

function betweenRange(text: string): AddressValue | undefined {
  const parts = text.split('-')
  if (parts.length !== 2) return undefined
  const [first, last] = parts.map((part) => addressWords(part.trim()))
  if (first === undefined || last === undefined || compareWords(first, last) > 0) return undefined
  const sameFamily = parts[0].includes(':') === parts[1].includes(':')
  return sameFamily ? { kind: 'range', first, last } : undefined
}

/** A wildcard takes the place of whole labels at the beginning, and at least two follow it, as in NeuVector. */
function nameValue(kind: 'name' | 'virtual-host', text: string): AddressValue | undefined {
  const isWildcard = text.startsWith('*.')
  const name = withoutDot(isWildcard ? text.slice(2) : text)
  const looksNumeric = /(?:^|\.)\d+$/.test(name) // no top-level domain is a number: that is an address that is none
  if (!hostName.test(name) || looksNumeric || (isWildcard && !name.includes('.'))) return undefined
  return { kind, name, isWildcard }
}

/** DNS names may end in the root's dot (RFC 1034 section 3.1). */
export function withoutDot(name: string): string {
  return name.endsWith('.') ? name.slice(0, -1) : name
}
