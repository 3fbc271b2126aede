/** Text of an address given as network-order bytes: 4 bytes for IPv4, 16 for IPv6 (RFC 5952: lower case, longest zero run folded). */
export function formatAddress(bytes: Uint8Array, at = 0, length: number = bytes.length): string {
  if (length === 4) return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`
  const groups: number[] = []
  for (let i = 0; i < 16; i += 2) groups.push((bytes[at + i] << 8) | bytes[at + i + 1])
  if (isMapped(groups)) {
    return `::ffff:${bytes[at + 12]}.${bytes[at + 13]}.${bytes[at + 14]}.${bytes[at + 15]}`
  }
  const [from, to] = longestZeroRun(groups)
  const hex = (part: number[]) => part.map((group) => group.toString(16)).join(':')
  return to - from > 1 ? `${hex(groups.slice(0, from))}::${hex(groups.slice(to))}` : hex(groups)
}

function isMapped(groups: number[]): boolean {
  return groups[5] === 0xffff && groups.slice(0, 5).every((group) => group === 0)
}

function longestZeroRun(groups: number[]): [from: number, to: number] {
  let best: [number, number] = [0, 0]
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === 0) end++
    if (end - i > best[1] - best[0]) best = [i, end]
    if (end > i) i = end
  }
  return best
}

/** Network-order bytes of an address as text: 4 for dotted IPv4, 16 for IPv6 (RFC 4291 section 2.2); undefined when it is neither. */
export function parseAddress(text: string): Uint8Array | undefined {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** Four decimal numbers without leading zeros, which some systems read as octal. */
function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split('.')
  const isValid =
    parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
  return isValid ? Uint8Array.from(parts, Number) : undefined
}

function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, i) => (half === '' ? [] : groupBytes(half, i === halves.length - 1)))
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const given = head.length + (tail?.length ?? 0)
  // The double colon stands for at least one group.
  if (halves.length === 2 ? given > 14 : given !== 16) return undefined
  const bytes = new Uint8Array(16)
  bytes.set(head)
  if (tail !== undefined) bytes.set(tail, 16 - tail.length)
  return bytes
}

/** Bytes of colon-separated groups; at the end of an address the last may be an IPv4 address. */
function groupBytes(text: string, isEnd: boolean): number[] | undefined {
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [i, group] of groups.entries()) {
    const embedded = isEnd && i === groups.length - 1 && group.includes('.') ? parseIpv4(group) : undefined
    if (embedded !== undefined) bytes.push(...embedded)
    else if (/^[0-9a-f]{1,4}$/i.test(group))
      bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff)
    else return undefined
  }
  return bytes
}
