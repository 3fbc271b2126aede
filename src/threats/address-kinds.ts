/**
 * Whether an address is one of the internet: of none of the networks that IANA has for private use, the own host, links, documentation,
 * multicast and the like (RFC 6890).
 */
export function isPublicAddress(bytes: Uint8Array, at: number, length: number): boolean {
  return length === 16 ? isPublic6(bytes, at) : isPublic4(bytes[at], bytes[at + 1])
}

function isPublic4(first: number, second: number): boolean {
  if (first === 0 || first === 10 || first === 127 || first >= 224) return false
  if (first === 100) return second < 64 || second > 127
  if (first === 169) return second !== 254
  if (first === 172) return second < 16 || second > 31
  if (first === 192) return second !== 168 && second !== 0
  return first !== 198 || (second !== 18 && second !== 19)
}

/** Of IPv6 only 2000::/3 is given out. */
function isPublic6(bytes: Uint8Array, at: number): boolean {
  return (bytes[at] & 0xe0) === 0x20
}
