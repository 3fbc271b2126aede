/** What an account may do. A route of the API asks for one of them. */
export const permissions = [
  /** How Pavise itself is: enforcers, store, limits reached. */
  'status:read',
  /** Workloads, their flows, and what was found in them: masked. */
  'traffic:read',
  'policy:read',
  'policy:write',
  'audit:read',
  /** Accounts, roles and other people's tokens. */
  'accounts:manage',
] as const
export type Permission = (typeof permissions)[number]

/** Who a route is for: who has a permission, whoever is logged in, or anyone. */
export type Access = Permission | 'account' | 'anyone'
