import { type Access, type Grant, type Permission, permissions, roles } from '../model/permissions.ts'

/** Who asks, and what they may. */
export interface Caller {
  kind: 'account' | 'token' | 'local' | 'nobody'
  /** Of the account; of a token, that of the account it acts for. */
  accountId: string
  /** As it stands in the audit log: `anna`, `anna (token ci)`. */
  name: string
  grants: readonly Grant[]
  /** What a token is limited to; null for no limit. */
  scope: readonly Permission[] | null
}

/** Whoever can open the socket in the state folder. */
export const localCaller: Caller = {
  kind: 'local',
  accountId: 'local',
  name: 'local',
  grants: [{ role: 'administrator', namespace: null }],
  scope: null,
}

/** Who is not logged in. */
export const nobody: Caller = { kind: 'nobody', accountId: '', name: '', grants: [], scope: null }

/** Where a permission holds: everywhere, in some namespaces, or (null) nowhere. */
export type Extent = 'everywhere' | { namespaces: readonly string[] } | null

export function extentOf({ grants, scope }: Caller, permission: Permission): Extent {
  if (scope && !scope.includes(permission)) return null
  const holding = grants.filter(({ role }) => (roles[role] as readonly Permission[]).includes(permission))
  if (holding.length === 0) return null
  const namespaces = holding.map(({ namespace }) => namespace)
  if (namespaces.includes(null)) return 'everywhere'
  return { namespaces: [...new Set(namespaces.filter((namespace) => namespace !== null))] }
}

/**
 * Whether a caller may use a route. What is not about workloads belongs to no namespace: for a role in a namespace only
 * `traffic:read` and `status:read` hold, whose answers are kept to that namespace.
 */
export function mayUse(caller: Caller, access: Access): boolean {
  if (access === 'anyone') return true
  if (access === 'account') return caller.kind !== 'nobody'
  const extent = extentOf(caller, access)
  return extent === 'everywhere' || (extent !== null && confinable.has(access))
}

const confinable: ReadonlySet<Permission> = new Set(['traffic:read', 'status:read'])

/** What a caller may do at least somewhere, in the order of the table. */
export function permissionsOf(caller: Caller): Permission[] {
  return permissions.filter((permission) => mayUse(caller, permission))
}

/** Whether one may give these roles: nobody gives a permission that they do not have themselves. */
export function mayGrant(caller: Caller, grants: readonly Grant[]): boolean {
  return grants.every(({ role }) =>
    roles[role].every((permission) => extentOf(caller, permission) === 'everywhere'),
  )
}
