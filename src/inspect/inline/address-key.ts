/** An address of 4 or 16 bytes as a key of a map. */
export function addressKey(address: Uint8Array): string {
  const { buffer, byteOffset, length } = address
  return Buffer.from(buffer, byteOffset, length).toString('latin1')
}
