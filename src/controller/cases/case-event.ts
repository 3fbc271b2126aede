import type { Incident } from '../../model/enforcer-messages.ts'
import type { Page, PageQuery } from '../../store/paging.ts'
import type { Store } from '../../store/store.ts'
import { controllerLimits } from '../limits.ts'
import { readAll } from '../read-all.ts'
import { CaseError } from './case-error.ts'

/** An attack, a threat, a violation, a program or a file, by the id of its record. @throws CaseError */
export async function findEvent(store: Store, id: string): Promise<Incident> {
  const { eventPage: limit, eventPages } = controllerLimits
  for (let pages = 0, query: PageQuery | null = { limit }; query !== null && pages < eventPages; pages++) {
    const page: Page<Incident & { recordId: string }> = await store.incidents(query)
    const found = page.items.find(({ recordId }) => recordId === id)
    if (found !== undefined) return found
    query = page.next === null ? null : { limit, after: page.next }
  }
  throw new CaseError('CASE_EVENT', `There is no event ${id}, or there are too many after it.`, {
    nextStep: 'Take the `recordId` of an event as the API or the console gives it.',
  })
}

const dayMs = 24 * 60 * 60_000

/**
 * When what an event tells of began, RFC 3339: of an attack when whoever attacks was first seen to attack the same workload, up to a day
 * before. The alert that somebody looks at need not be the first.
 */
export async function beganOf(store: Store, event: Incident): Promise<string> {
  if (event.type !== 'attack') return event.first
  const { workload, client } = event
  const filter = {
    type: 'attack',
    workload,
    search: client.address,
    since: Date.parse(event.first) - dayMs,
  } as const
  let began = event.first
  await readAll(
    (query) => store.incidents({ ...filter, ...query }),
    controllerLimits.scopeRecords,
    (other) => {
      const isSame = other.type === 'attack' && other.client.address === client.address
      if (isSame && other.first < began) began = other.first
    },
  )
  return began
}
