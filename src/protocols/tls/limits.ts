/** Bounds of the TLS parser. What lies beyond is passed over by its length, and told. */
export const limits = {
  /** Content of a record: 2^14 bytes and what compression and encryption may add (RFC 5246 section 6.2.3). */
  recordBytes: 16_384 + 2048,
  /** A handshake message that is put together; certificate chains of servers are 2 to 10 KB. */
  handshakeBytes: 128 * 1024,
  /** What a flow's record lists. */
  certificates: 10,
  certificateNames: 50,
  alerts: 16,
  protocols: 16,
  versions: 16,
  /** Characters of a name out of a certificate or a hello. */
  nameCharacters: 256,
  /** Attributes of a certificate's subject or issuer; 5 to 10 are usual. */
  nameAttributes: 32,
  /** Certificates and fingerprints of hellos that are remembered by all flows of a thread: few servers and clients make many flows. */
  keptCertificates: 1024,
  keptFingerprints: 1024,
  /** What a fingerprint is made of, to be remembered by; those of real clients are below 1000 characters. */
  keptFingerprintCharacters: 2048,
  /** Bytes that the incomplete handshake messages of all connections of a thread may hold. */
  collectedBytes: 64 * 1024 * 1024,
} as const
