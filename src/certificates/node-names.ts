import { createHash, type X509Certificate } from 'node:crypto'

/**
 * The name of every controller in its certificate, whatever address it has: its own authority signs for it and for nobody else
 * of that name. `.internal` belongs to nobody in DNS (ICANN, 2024).
 */
export const controllerName = 'controller.pavise.internal'

/** What is spoken on the port for nodes (RFC 7301): the protocol of enforcers, or a node's joining. */
export const nodeProtocols = { enforcer: 'pavise/1', join: 'pavise-join/1' } as const

const nodePrefix = 'urn:uuid:'

/** The name of a node in its certificate. @param id a UUID */
export function nodeNameOf(id: string): string {
  return `${nodePrefix}${id}`
}

/** The id of the node that a certificate is of; null where it is of none. */
export function nodeIdIn({ subjectAltName }: X509Certificate): string | null {
  return subjectAltName?.startsWith(`URI:${nodePrefix}`) === true
    ? subjectAltName.slice(`URI:${nodePrefix}`.length)
    : null
}

/** SHA-256 of a certificate, base64url. */
export function fingerprintOf({ raw }: X509Certificate): string {
  return createHash('sha256').update(raw).digest('base64url')
}
