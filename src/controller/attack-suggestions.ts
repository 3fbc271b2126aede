import { AttackExceptions } from '../attacks/exceptions.ts'
import { type ExceptionSuggestion, ExceptionSuggestions } from '../attacks/suggestions/suggestions.ts'
import type { AttackException } from '../model/attack-exception.ts'
import type { AttackRecord } from '../model/records.ts'
import { learnedGroupName } from '../policy/groups/subject.ts'
import type { TimeWindow } from '../store/paging.ts'
import type { NamespaceScope, Store } from '../store/store.ts'
import { controllerLimits } from './limits.ts'
import { readAll } from './read-all.ts'

export interface SuggestedExceptions {
  suggestions: ExceptionSuggestion[]
  /** Attacks that were looked at, reported ones. */
  records: number
  /** There were more of them, or of workloads, than are looked at: the oldest are not in it. */
  incomplete: boolean
}

interface Asked {
  store: Store
  /** Those that hold. */
  exceptions: readonly AttackException[]
  /** Milliseconds since 1970. */
  now: number
}

/** Exceptions for what was told of and not cut in a time, and is likely no attack. */
export async function suggestExceptions(
  { store, exceptions, now }: Asked,
  window: TimeWindow,
  scope: NamespaceScope,
): Promise<SuggestedExceptions> {
  const groups = new Map<string, string>()
  const known = new AttackExceptions()
  known.replace(exceptions)
  const suggestions = new ExceptionSuggestions()
  let records = 0
  const cut = [
    await readAll(
      (query) => store.workloads({ ...query, ...scope }),
      controllerLimits.simulatedWorkloads,
      ({ state: { workload } }) =>
        groups.set(workload.id, learnedGroupName(workload.service, workload.namespace)),
    ),
    await readAll(
      (query) => store.incidents({ ...query, ...window, ...scope, type: 'attack', action: 'reported' }),
      controllerLimits.suggestedFromAttacks,
      (record) => {
        if (record.type !== 'attack') return
        records++
        const group = groups.get(record.workload ?? '')
        if (group === undefined || isExcepted(record, { known, group, now })) return
        suggestions.add(record, group)
      },
    ),
  ]
  const incomplete = cut.includes(true) || suggestions.passedOver > 0
  return { suggestions: suggestions.list(), records, incomplete }
}

/** What was told of before somebody made an exception of it. */
function isExcepted(
  { reasons, place, field, request }: AttackRecord,
  { known, group, now }: { known: AttackExceptions; group: string; now: number },
): boolean {
  const at = { context: place, field, path: request?.path ?? '', now: now * 1000 }
  return reasons.every(({ rule: id }) =>
    known.cover({ ...at, rule: { id }, isOf: (names) => names.includes(group) }),
  )
}
