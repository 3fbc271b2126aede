import { suggestExceptions } from '../../controller/attack-suggestions.ts'
import type { Controller } from '../../controller/controller.ts'
import { hasEnded } from '../../attacks/exceptions.ts'
import type { AttackException } from '../../model/attack-exception.ts'
import type { AttackExceptionList } from '../contract/attack-operations.ts'
import { operations } from '../contract/operations.ts'
import type { SuggestionsQuery } from '../contract/queries.ts'
import type { Call, Route } from '../route.ts'
import { scopeOf, window } from './listings.ts'

/** Exceptions from attacks, and what of those that were reported is likely none. */
export function attackExceptionRoutes({ store, policy }: Controller): Route[] {
  return [
    {
      operation: operations.attackExceptions,
      answer: async ({ query, identity }: Call): Promise<AttackExceptionList> => {
        const exceptions = policy.definition.attackExceptions ?? []
        const now = Date.now()
        const asked = window(query as SuggestionsQuery)
        const found = await suggestExceptions({ store, exceptions, now }, asked, scopeOf(identity.caller))
        return {
          type: 'attack-exceptions',
          exceptions: exceptions.map((each) => ({ ...listed(each), isOver: hasEnded(each, now) })),
          ...found,
          suggestions: found.suggestions.map(({ exception, ...rest }) => ({
            ...rest,
            exception: listed(exception),
          })),
        }
      },
    },
  ]
}

/** With lists of its own. */
function listed<Exception extends Pick<AttackException, 'rules' | 'groups'>>(exception: Exception) {
  const { groups, rules, ...rest } = exception
  return { ...rest, rules: [...rules], ...(groups !== undefined && { groups: [...groups] }) }
}
