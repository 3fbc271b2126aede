import type { FlowDetails } from '../model/records.ts'

/** What is known of a conversation by those who heard it from its beginning. */
export interface PresumedConversation {
  /** `unknown` where that cannot be told. */
  application: string
  encryption: 'pending' | 'none' | 'encrypted'
  tlsVersion?: string
  /** What the client calls the server: SNI, or Host. */
  host?: string
}

/** Where it is TLS; what a client asks for over HTTP it says with each request. */
export function describePresumed(
  { tlsVersion: version, host: sni }: PresumedConversation,
  details: FlowDetails,
): void {
  if (version === undefined) return
  details.tls = { version, ...(sni === undefined ? {} : { sni }), ...details.tls }
}
