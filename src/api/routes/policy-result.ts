import type { ChangeResult } from '../../controller/policy/controller-policy.ts'
import type { Call } from '../route.ts'

/** What came of a change of the policy; the audit log says in short what it was. */
export function showResult({ audited }: Call, { number, changes, warnings }: ChangeResult) {
  const changed = changes.slice(0, 20).map(({ change, kind, name }) => `${change} ${kind} ${name}`)
  audited.detail = { version: number, changes: changes.length, changed }
  return { type: 'policy-change', version: number, changes, warnings }
}
