import type { Name } from './name.ts'

/** The label `arpa` with its length, in lower case. */
const ARPA = [4, 0x61, 0x72, 0x70, 0x61]

/** Names under `arpa` spell addresses and numbers backwards (RFC 3172): read forwards they would be somebody else's. */
export function isReverseName(name: Name): boolean {
  const from = name.length - ARPA.length
  if (from < 0 || name.wire[from] !== ARPA[0]) return false
  for (let i = 1; i < ARPA.length; i++) if ((name.wire[from + i] | 0x20) !== ARPA[i]) return false
  return true
}
