/** Over TLS a name that browsers take from this very host only, for all of it, and over TLS (RFC 6265bis 4.1.3.2). */
export const sessionCookies = { tls: '__Host-pavise', plain: 'pavise' } as const
