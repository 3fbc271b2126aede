import type { Violation } from '../../../../src/api/contract/types.ts'

/** What a rule has to say to be about a connection: its groups, and its application, or its port where that is not known. */
export function ruleForViolation({ client, server, application, transport }: Violation) {
  const isKnown = application !== 'unknown'
  return {
    from: groupOf(client),
    to: groupOf(server),
    applications: isKnown ? [application] : [],
    ports: isKnown ? '' : `${transport}/${server.port}`,
  }
}

/** Of the groups of an end, the one that was learned of its service: the narrowest. */
function groupOf({ groups }: Violation['server']): string {
  return groups.find((name) => name.startsWith('nv.')) ?? groups[0] ?? 'external'
}
