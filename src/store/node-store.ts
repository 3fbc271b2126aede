/** The machines whose enforcers may connect over the network, and the tokens by which more may join. */
export interface NodeStore {
  list(): Promise<{ nodes: StoredNode[]; tokens: StoredJoinToken[] }>
  /** Adds them, or puts them in the place of those of their ids; all of them or none. Durable when it resolves. */
  save(changed: { nodes?: readonly StoredNode[]; tokens?: readonly StoredJoinToken[] }): Promise<void>
  remove(kind: 'node' | 'token', id: string): Promise<void>
}

/** Times are milliseconds since 1970. */
export interface StoredNode {
  /** UUID, in its certificate. */
  id: string
  /** As people know it: the name of its enforcer. */
  name: string
  joinedAt: number
  certificate: KnownCertificate
  /** The one that is to follow: from when it is first used on, the other is refused. */
  next: KnownCertificate | null
}

export interface KnownCertificate {
  /** SHA-256, base64url. */
  fingerprint: string
  notAfter: number
}

export interface StoredJoinToken {
  id: string
  /** SHA-256 of its secret, hexadecimal. */
  hash: string
  createdAt: number
  createdBy: string
  expiresAt: number
  /** By which node, with the hash of its key: an answer that was lost may be asked for again with that key. */
  used: { at: number; node: string; key: string } | null
}
