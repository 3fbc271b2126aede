const perLine = 16

/** Bytes as `xxd` has them: offset, hexadecimal, and what of it is printable ASCII. */
export function hexLines(bytes: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine)
    const hex = Array.from(line, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const text = Array.from(line, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'))
    const offset = at.toString(16).padStart(4, '0')
    lines.push(`${offset}  ${hex.padEnd(3 * perLine - 1)}  ${text.join('')}`)
  }
  return lines
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}
