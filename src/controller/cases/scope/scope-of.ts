import type { CaseScope } from '../../../privacy/case.ts'
import type { Store } from '../../../store/store.ts'
import type { ControllerPolicy } from '../../policy/controller-policy.ts'
import { readSeenWorkloads } from '../../policy/seen-workloads.ts'
import { computeReach } from '../reach/reach.ts'
import { computeScope } from './case-scope.ts'
import { controlsThen, policiesIn } from './controls-then.ts'
import { credentialUses, isNobody, type Suspects, type Window } from './suspects.ts'

export interface ScopeSources {
  store: Store
  policy: ControllerPolicy
  /** Names of the workloads that are watched, by address. */
  names: () => ReadonlyMap<string, string>
  /** ISO 3166-1 alpha-2; null where it is not known. */
  countryOf: (address: string) => string | null
}

/**
 * The scope of a breach from what is suspicious: what left, of whom, to whom; how far it came and could have come; and what stood against
 * it then.
 *
 * @param now in ms since 1970
 */
export async function scopeOf(
  { store, policy, names, countryOf }: ScopeSources,
  asked: { suspects: Suspects; window: Window },
  now: number,
): Promise<CaseScope> {
  const { suspects, window } = asked
  const { workloads, isCut } = await readSeenWorkloads(store)
  const used = await credentialUses(store, suspects.credentials, window)
  const past = await policiesIn(policy, window)
  const policies = past.map(({ definition }) => definition)
  const { uses } = used
  const { reach, met } = await computeReach(store, { ...asked, uses, workloads, countryOf, policies })
  const ids = [...new Set([...suspects.workloads, ...met])]
  const about = isNobody(suspects)
    ? workloads.during(window.since, window.until)
    : ids.flatMap((id) => workloads.get(id) ?? [])
  const stood = controlsThen(past, about, workloads)
  const seen = await computeScope(store, { ...asked, uses, met, names: names(), countryOf, stood })
  return {
    computedAt: new Date(now).toISOString(),
    ...seen,
    reach,
    isCut: seen.isCut || used.isCut || isCut,
  }
}
