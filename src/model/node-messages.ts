/**
 * What a machine and its controller say when the machine joins: each one line of JSON, over TLS 1.3 in which only the controller
 * has shown who it is. The token is what the machine shows.
 */
export interface JoinRequest extends NodeKeyOffer {
  kind: 'join'
  /** Of the token; the controller knows its hash. */
  secret: string
  /** Of the node, as people know it. */
  name: string
}

/** What a node says of a key that it has made: the key itself goes nowhere. */
export interface NodeKeyOffer {
  /** SubjectPublicKeyInfo, base64. */
  publicKey: string
  /** Signature by the key over this connection and the public key, base64: whoever offers it has it. */
  proof: string
}

export type JoinAnswer = NodeRefusal | NodeCertificate

/** A certificate for a key that the node has made, at joining or at renewal. */
export interface NodeCertificate {
  kind: 'certificate'
  /** PEM. */
  certificate: string
  /** Of the authority that the controller is known by, PEM. */
  authority: string
}

export type NodeRefusalCode =
  /** The token is none of this controller's, or it has ended long ago. */
  | 'JOIN_TOKEN_UNKNOWN'
  | 'JOIN_TOKEN_EXPIRED'
  /** By another machine: a token is for one. */
  | 'JOIN_TOKEN_USED'
  /** Another node has that name. */
  | 'NODE_NAME_TAKEN'
  | 'TOO_MANY_NODES'
  /** Not a request to join, or a key without its proof. */
  | 'JOIN_MALFORMED'
  /** The certificate is of no node of this controller: it was removed, or never joined. */
  | 'NODE_UNKNOWN'
  /** It was renewed, and the one that came after it was used. */
  | 'NODE_CERTIFICATE_REPLACED'
  | 'NODE_CERTIFICATE_INVALID'

/** Why a connection is not taken, or ends. */
export interface NodeRefusal {
  kind: 'refused'
  code: NodeRefusalCode
  detail: string
  nextStep: string
}
