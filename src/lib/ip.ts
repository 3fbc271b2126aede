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
