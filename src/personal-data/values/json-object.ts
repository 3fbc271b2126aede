const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/**
 * Looks for a member of a JSON object whose value is a string, in `bytes[start, end)`, without building anything. With
 * `isWhole`, the object has to end where the bytes do; else it may be cut off behind the member. Members of objects inside
 * do not count.
 */
export function hasTextMember(
  bytes: Uint8Array,
  start: number,
  end: number,
  { name, isWhole }: { name: Uint8Array; isWhole: boolean },
): boolean {
  if (bytes[start] !== 0x7b) return false
  let depth = 0
  let isFound = false
  let at = start
  while (at < end) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const close = stringEnd(bytes, at + 1, end)
      if (close < 0) return isFound && !isWhole
      const value = valueStart(bytes, close + 1, end)
      if (depth === 1 && value >= 0 && bytes[value] === QUOTE && isName(bytes, at + 1, close, name))
        isFound = true
      at = value < 0 ? close + 1 : value
      continue
    }
    if (byte < 0x20 && !isBlank(byte)) return false
    if (byte === 0x7b || byte === 0x5b) depth++
    if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return isFound && at === end - 1
    at++
  }
  return isFound && !isWhole
}

/** The quote that closes a string; -1 where it is not there or the string holds what none may. */
function stringEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let i = start; i < end; i++) {
    if (bytes[i] === QUOTE) return i
    if (bytes[i] < 0x20) return -1
    if (bytes[i] === BACKSLASH) i++
  }
  return -1
}

/** Where the value behind a colon begins; -1 where no colon follows. */
function valueStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && isBlank(bytes[at])) at++
  if (at >= end || bytes[at] !== COLON) return -1
  at++
  while (at < end && isBlank(bytes[at])) at++
  return at
}

function isName(bytes: Uint8Array, start: number, end: number, name: Uint8Array): boolean {
  if (end - start !== name.length) return false
  for (let i = 0; i < name.length; i++) if (bytes[start + i] !== name[i]) return false
  return true
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d
}
