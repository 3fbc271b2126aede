/** 1 for each byte of a text of Latin-1. */
export function bytesTable(text: string): Uint8Array {
  const table = new Uint8Array(256)
  for (const byte of Buffer.from(text, 'latin1')) table[byte] = 1
  return table
}
