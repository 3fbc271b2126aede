import { parseAddress } from '../lib/ip.ts'

/**
 * Addresses that belong to no country: those of private networks, of one machine or link, for documentation and tests, and groups.
 * From the registries of special-purpose addresses (RFC 6890, as IANA keeps them) and RFC 5771, 4291.
 */
const special = (
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 ' +
  '::/127 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001:db8::/32 3fff::/20 5f00::/16 fc00::/7 fe80::/10 ff00::/8'
)
  .split(' ')
  .map((text) => {
    const [address, length] = text.split('/')
    return { prefix: parseAddress(address) ?? new Uint8Array(0), bits: Number(length) }
  })

/** @param address 4 or 16 bytes in network order */
export function isSpecial(address: Uint8Array): boolean {
  return special.some(
    ({ prefix, bits }) => prefix.length === address.length && sameBits(prefix, address, bits),
  )
}

function sameBits(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  const whole = bits >> 3
  for (let i = 0; i < whole; i++) if (a[i] !== b[i]) return false
  const mask = 0xff00 >> (bits & 7)
  return (bits & 7) === 0 || (a[whole] & mask & 0xff) === (b[whole] & mask & 0xff)
}
