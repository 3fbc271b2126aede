import type { PersonalDataLabels } from '../../model/personal-data-labels.ts'
import type { ProcessorDefinition } from '../../model/processor.ts'
import type { Transfer } from '../map/transfer.ts'
import { stableId } from '../map/transfers-of.ts'
import type { Acceptance, Difference, StandingDifference } from './difference.ts'
import { labelledDifferences, type LabelledService } from './labelled-differences.ts'
import { observedDifferences } from './observed-differences.ts'

/** What is compared. */
export interface Compared {
  transfers: readonly Transfer[]
  processors: readonly ProcessorDefinition[]
  services: readonly LabelledService[]
  labels: PersonalDataLabels
  /** By the id of the difference. */
  acceptances: ReadonlyMap<string, Acceptance>
  /** In ms since 1970. */
  now: number
}

const order = ['high', 'medium', 'low'] as const

/** Declared against observed, each difference with how it stands: what is open first, the gravest first, then the latest. */
export function standingDifferences(compared: Compared): StandingDifference[] {
  const { transfers, processors, services, labels, acceptances, now } = compared
  const all = [
    ...observedDifferences(transfers, now),
    ...processors.filter(({ name }) => !receives(name, transfers)).map(notObserved),
    ...labelledDifferences(services, labels),
  ]
  return all
    .map((each) => standing(each, acceptances.get(each.id), now))
    .toSorted(
      (a, b) =>
        Number(a.state === 'accepted') - Number(b.state === 'accepted') ||
        order.indexOf(a.severity) - order.indexOf(b.severity) ||
        (b.last ?? 0) - (a.last ?? 0) ||
        (a.id < b.id ? -1 : 1),
    )
}

function standing(
  difference: Difference,
  acceptance: Acceptance | undefined,
  now: number,
): StandingDifference {
  if (acceptance === undefined) return { ...difference, state: 'open', acceptance: null, reopened: null }
  const accepted = new Set(acceptance.categories)
  const hasMore = difference.categories.some((category) => !accepted.has(category))
  const reopened = acceptance.until <= now ? 'expired' : hasMore ? 'more-categories' : null
  return { ...difference, state: reopened === null ? 'accepted' : 'open', acceptance, reopened }
}

function receives(name: string, transfers: readonly Transfer[]): boolean {
  return transfers.some(({ sender, recipient }) =>
    [sender, recipient].some(({ processor }) => processor?.name === name),
  )
}

function notObserved({ name, displayName }: ProcessorDefinition): Difference {
  const kind = 'not-observed'
  return {
    ...{
      id: stableId(kind, name),
      kind,
      severity: 'low',
      certainty: 'seen',
      law: 'GDPR Art. 5(1)(d), 30(1)(d)',
    },
    text: `${displayName} is declared, and nothing was seen to go to it`,
    ...{
      senders: [],
      recipient: { id: name, name: displayName, processor: name },
      categories: [],
      country: null,
    },
    ...{ application: null, persons: 0, transfers: [], first: null, last: null, resolutions: ['accept'] },
  }
}
