/** What an account may do. A route of the API asks for one of them. */
export const permissions = [
  /** How Pavise itself is: enforcers, store, limits reached. */
  'status:read',
  /** Workloads, their flows, and what was found in them: masked. */
  'traffic:read',
  'policy:read',
  'policy:write',
  /** Packets of workloads, in clear: asked for, and opened with a reason. */
  'captures:manage',
  'audit:read',
  /** The evidence ledger, its proofs, and bundles of it. */
  'evidence:read',
  /** The key that the ledger is signed with. */
  'evidence:manage',
  /** How far frameworks are evidenced. */
  'reports:read',
  /** Breach cases. */
  'cases:read',
  'cases:write',
  /** Declared partners, how they differ from what was observed, records of processing. */
  'privacy:read',
  'privacy:write',
  /** Which machines report over the network. */
  'nodes:manage',
  /** Accounts, roles and other people's tokens. */
  'accounts:manage',
] as const
export type Permission = (typeof permissions)[number]

/** Who a route is for: who has a permission, whoever is logged in, or anyone. */
export type Access = Permission | 'account' | 'anyone'

const reading = ['status:read', 'traffic:read', 'policy:read'] as const

/** What the people of a security team do, each with no more than that takes (least privilege, GDPR Article 25). */
export const roles = {
  administrator: permissions,
  security: [...reading, 'policy:write', 'captures:manage', 'privacy:read'],
  'privacy-officer': [
    ...reading,
    ...([
      'evidence:read',
      'reports:read',
      'cases:read',
      'cases:write',
      'privacy:read',
      'privacy:write',
    ] as const),
  ],
  auditor: [...reading, 'audit:read', 'evidence:read', 'reports:read', 'cases:read', 'privacy:read'],
  reader: ['status:read', 'traffic:read'],
} as const satisfies Record<string, readonly Permission[]>
export type Role = keyof typeof roles

export const roleNames = Object.keys(roles) as Role[]

/** A role, everywhere or for the workloads of one namespace only. */
export interface Grant {
  role: Role
  namespace: string | null
}
