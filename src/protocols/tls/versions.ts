/** `ProtocolVersion` (RFC 8446 section 4.2.1, RFC 6101, and 0x0002 of SSL 2.0). */
export const Version = {
  ssl2: 0x0002,
  ssl3: 0x0300,
  tls10: 0x0301,
  tls11: 0x0302,
  tls12: 0x0303,
  tls13: 0x0304,
} as const

const names: Record<number, string> = {
  [Version.ssl2]: 'SSLv2',
  [Version.ssl3]: 'SSLv3',
  [Version.tls10]: 'TLSv1.0',
  [Version.tls11]: 'TLSv1.1',
  [Version.tls12]: 'TLSv1.2',
  [Version.tls13]: 'TLSv1.3',
}

/** Drafts of TLS 1.3 have 0x7f in front (RFC 8446 section 4.2.1.1 of its drafts), Facebook's own 0xfb. */
export function versionName(version: number): string {
  const high = version >> 8
  if (high === 0x7f || high === 0xfb) return `TLSv1.3 draft ${version & 0xff}`
  return names[version] ?? hex(version)
}

export function isTls13(version: number): boolean {
  return version === Version.tls13 || version >> 8 === 0x7f || version >> 8 === 0xfb
}

/** Versions before 1.2 shall not be negotiated any more (RFC 8996). */
export function isWeakVersion(version: number): boolean {
  return version < Version.tls12
}

/** Values that clients strew in so that servers go on ignoring what they do not know (RFC 8701). */
export function isGrease(value: number): boolean {
  return (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff)
}

/** Four digits, as registries and fingerprints write them. */
export function hex4(value: number): string {
  return value.toString(16).padStart(4, '0')
}

export function hex(value: number): string {
  return `0x${hex4(value)}`
}
