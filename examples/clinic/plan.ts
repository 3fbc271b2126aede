/** Who is in the clinic, and where. The same in namespaces and in containers. */

/** In the order in which they begin. */
export const roles = ['database', 'partner', 'api', 'sidecar', 'web', 'client'] as const
export type Role = (typeof roles)[number]

/** Those with a network of their own. A sidecar has that of the one it stands beside, as in a pod. */
export type Host = Exclude<Role, 'sidecar'>
export const hosts: readonly Host[] = ['database', 'partner', 'api', 'web', 'client']
export const hostOf = (role: Role): Host => (role === 'sidecar' ? 'api' : role)

/** From the ranges for benchmarks (RFC 2544) and of one's own (RFC 4193): no machine's network uses them. */
export const network = {
  subnet: '198.19.87.0/24',
  subnet6: 'fd87:c11c::/64',
  prefix: 24,
  prefix6: 64,
} as const

const numbers: Record<Host, number> = { database: 2, partner: 3, api: 4, web: 5, client: 6 }

export function addressOf(role: Host): string {
  return `198.19.87.${numbers[role]}`
}

export function address6Of(role: Host): string {
  return `fd87:c11c::${numbers[role]}`
}

export const ports = {
  database: 5432,
  partner: 80,
  partnerTls: 443,
  api: 8081,
  sidecar: 15_001,
  web: 80,
} as const

/** By this name the clinic knows its partner. */
export const partnerName = 'lab.partner.example'

export const nameOf = (role: Role) => `clinic-${role}`
