import type { ResolutionKind } from '../../model/difference-words.ts'
import type { LabelRequirement, PersonalDataLabels } from '../../model/personal-data-labels.ts'
import { stableId } from '../map/transfers-of.ts'
import type { Difference } from './difference.ts'

/** A service that is labelled as one of personal data, and what is done for it. */
export interface LabelledService {
  /** `clinic/api`. */
  id: string
  owner: string | null
  purpose: string | null
  /** Why its traffic is not looked at; null where all of it is. */
  notInspected: string | null
  /** Why something of it is not looked for; null where all of it is. */
  notDetected: string | null
  /** Rules that let it send to others outside without asking for encryption: their ids. */
  clearRules: readonly string[]
}

/** What labelled services are held to and is not so. */
export function labelledDifferences(
  services: readonly LabelledService[],
  { owner, purpose, requires }: PersonalDataLabels,
): Difference[] {
  const say: Record<LabelRequirement, (service: LabelledService) => string | null> = {
    owner: (service) =>
      service.owner === null ? `no label says who answers for it (${owner.join(', ')})` : null,
    purpose: (service) =>
      service.purpose === null ? `no label says what the data is for (${purpose.join(', ')})` : null,
    inspection: ({ notInspected, notDetected }) => {
      if (notInspected !== null) return `what it sends and receives is not looked at: ${notInspected}`
      return notDetected === null ? null : `not all of it is looked for: ${notDetected}`
    },
    encryption: ({ clearRules }) =>
      clearRules.length === 0
        ? null
        : `rules let it send to others outside without encryption: ${clearRules.slice(0, 3).join(', ')}`,
  }
  return services.flatMap((service) =>
    requires.flatMap((requirement) => {
      const what = say[requirement](service)
      return what === null ? [] : [differenceOf(service, requirement, what)]
    }),
  )
}

const laws: Readonly<Record<LabelRequirement, string>> = {
  owner: 'GDPR Art. 5(2), 24(1)',
  purpose: 'GDPR Art. 5(1)(b)',
  inspection: 'GDPR Art. 32(1)(d)',
  encryption: 'GDPR Art. 32(1)(a)',
}

const resolutions: Readonly<Record<LabelRequirement, readonly ResolutionKind[]>> = {
  owner: ['accept'],
  purpose: ['accept'],
  inspection: ['forbid', 'accept'],
  encryption: ['forbid', 'accept'],
}

function differenceOf(
  { id, notInspected }: LabelledService,
  requirement: LabelRequirement,
  what: string,
): Difference {
  const kind = `label-${requirement}` as const
  // A detector that is switched off is switched on where it was; no rule does that.
  const isSwitchedOff = requirement === 'inspection' && notInspected === null
  return {
    ...{ id: stableId(kind, id), kind, law: laws[requirement] },
    resolutions: isSwitchedOff ? ['accept'] : resolutions[requirement],
    severity: requirement === 'inspection' || requirement === 'encryption' ? 'medium' : 'low',
    text: `${id} is labelled as one of personal data, and ${what}`,
    ...{
      certainty: 'seen',
      senders: [id],
      recipient: null,
      categories: [],
      country: null,
      application: null,
    },
    ...{ persons: 0, transfers: [], first: null, last: null },
  }
}
