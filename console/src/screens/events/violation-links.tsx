import { Link } from 'wouter'
import type { Violation } from '../../../../src/api/contract/types.ts'
import { useMay } from '../../api/policy-queries.ts'
import { queryText } from '../../url-state.ts'
import { newRulePath } from '../network/rules/rule-model.ts'
import { ruleForViolation } from './violation-model.ts'

/** From a connection that was not allowed to the rule that decided, and to one that would allow it. */
export function ViolationLinks({ violation }: { violation: Violation }) {
  const [mayRead, mayWrite] = [useMay('policy:read'), useMay('policy:write')]
  const { rule } = violation
  return (
    <>
      {mayRead && rule !== undefined ? (
        <Link className="action" href={`/network${queryText({ view: 'rules', rule })}`}>
          The rule that decided
        </Link>
      ) : null}
      {mayWrite ? (
        <Link className="action" href={newRulePath(ruleForViolation(violation))}>
          Write a rule that allows it
        </Link>
      ) : null}
    </>
  )
}
