import type { Call } from '../route.ts'

/** Who does it, as the record says and the audit log, and why. Over the socket of the command line its user may be named. */
export function authorOf({ body, identity, audited }: Call): { author: string; reason: string } {
  const { reason = '', onBehalfOf } = body as { reason?: string; onBehalfOf?: string }
  const { caller } = identity
  if (reason !== '') audited.reason = reason
  return { author: (caller.kind === 'local' ? onBehalfOf : undefined) ?? caller.name, reason }
}
