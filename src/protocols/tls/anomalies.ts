/** Codes of what is off in TLS. Stable: they are part of the records. Described in `readme.md`. */
export const Anomaly = {
  malformedRecord: 'tls-malformed-record',
  malformedHandshake: 'tls-malformed-handshake',
  handshakeTooLarge: 'tls-handshake-too-large',
  handshakeMemory: 'tls-handshake-memory',
  handshakeIncomplete: 'tls-handshake-incomplete',
  handshakeGap: 'tls-handshake-gap',
  sslv2Hello: 'tls-sslv2-hello',
  weakVersion: 'tls-weak-version',
  weakCipher: 'tls-weak-cipher',
  weakKey: 'tls-weak-key',
  notEncrypted: 'tls-not-encrypted',
  certificateMalformed: 'tls-certificate-malformed',
  certificateExpired: 'tls-certificate-expired',
  certificateNotYetValid: 'tls-certificate-not-yet-valid',
  certificateSelfSigned: 'tls-certificate-self-signed',
} as const
export type Anomaly = (typeof Anomaly)[keyof typeof Anomaly]
