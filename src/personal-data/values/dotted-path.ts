/** Whether a value is a path as programs write them, `node.id.name`: a dot goes on with a small letter. */
export function isDottedPath(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i + 1 < end; i++)
    if (bytes[i] === 0x2e && bytes[i + 1] >= 0x61 && bytes[i + 1] <= 0x7a) return true
  return false
}
