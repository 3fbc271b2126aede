/** The Internet checksum (RFC 1071) of `bytes[start, end)`, with `initial` added: what a pseudo header comes to. */
export function checksumOf(bytes: Uint8Array, start: number, end: number, initial: number): number {
  let sum = initial
  let at = start
  for (; at + 1 < end; at += 2) sum += (bytes[at] << 8) | bytes[at + 1]
  if (at < end) sum += bytes[at] << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16)
  return ~sum & 0xffff
}

export function setChecksum(bytes: Uint8Array, at: number, checksum: number): void {
  bytes[at] = checksum >>> 8
  bytes[at + 1] = checksum
}
