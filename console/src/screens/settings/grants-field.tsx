import type { Account } from '../../../../src/api/contract/types.ts'
import { TextField } from '../../ui/forms.tsx'

type Grant = Account['grants'][number]

const roles: Readonly<Record<Grant['role'], string>> = {
  administrator: 'Administrator: everything',
  security: 'Security: sees traffic, changes the policy',
  'privacy-officer': 'Privacy officer: cases, evidence, traffic',
  auditor: 'Auditor: reads audit log, evidence, cases',
  reader: 'Reader: sees traffic',
}

interface Props {
  grants: readonly Grant[]
}

/** Roles, each everywhere or in some namespaces. */
export function GrantsField({ grants }: Props) {
  return (
    <fieldset className="grants">
      <legend>Roles; where namespaces are given, with commas, only for the workloads in them</legend>
      {(Object.keys(roles) as Grant['role'][]).map((role) => {
        const held = grants.filter((grant) => grant.role === role)
        const namespaces = held.flatMap(({ namespace }) => namespace ?? [])
        return (
          <div key={role}>
            <label className="tick">
              <input type="checkbox" name="role" value={role} defaultChecked={held.length > 0} />{' '}
              {roles[role]}
            </label>
            <TextField
              label={`Namespaces of ${role}`}
              name={`namespaces ${role}`}
              value={namespaces.join(', ')}
            />
          </div>
        )
      })}
    </fieldset>
  )
}

/** What such a field holds. */
export function grantsIn(data: FormData): Grant[] {
  const chosen = data.getAll('role').filter((role): role is Grant['role'] => typeof role === 'string')
  return chosen.flatMap((role) => {
    const text = data.get(`namespaces ${role}`)
    const names = (typeof text === 'string' ? text : '').split(',').map((name) => name.trim())
    const namespaces = names.filter((name) => name !== '')
    const places = namespaces.length === 0 ? [null] : namespaces
    return places.map((namespace) => ({ role, namespace }))
  })
}
