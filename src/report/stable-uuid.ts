import { createHash } from 'node:crypto'

/** A UUID in the form of version 5 (RFC 9562), made of SHA-256: the same parts have the same, so that a report can be made again. */
export function stableUuid(...parts: readonly string[]): string {
  return versionFive(createHash('sha256').update(JSON.stringify(parts)).digest())
}

/** A UUID of version 5 of a name in a namespace, which is a UUID as well (RFC 9562 section 5.5). */
export function nameUuid(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  return versionFive(createHash('sha1').update(space).update(name).digest())
}

function versionFive(digest: Buffer): string {
  const bytes = digest.subarray(0, 16)
  bytes[6] = (bytes[6] & 0x0f) | 0x50
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
