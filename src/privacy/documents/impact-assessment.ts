import type { Category } from '../../model/records.ts'
import type { Transfer } from '../map/transfer.ts'
import { activitiesOf } from './activities.ts'
import {
  basisOf,
  distinct,
  type DocumentSection,
  type DocumentSources,
  draftNotice,
  type PrivacyDocument,
  sinceOf,
  timeText,
} from './document.ts'
import { differenceTable, measureTable } from './measures.ts'
import { flowTable } from './processing-record.ts'

/** Of Articles 9 and 10, and of whom the law protects more. */
const special: readonly Category[] = ['health', 'genetic', 'special', 'criminal']
/** From so many persons on, a scale is named as large; the guidelines name no number, so that is for a person to judge. */
const manyPersons = 5_000

/** What is known for a data protection impact assessment, GDPR Article 35(7): description, measures, and what speaks for a risk. */
export function impactAssessment(sources: DocumentSources): PrivacyDocument {
  const { transfers, differences, now } = sources
  return {
    kind: 'impact-assessment',
    title: 'Input to a data protection impact assessment',
    at: timeText(now),
    since: sinceOf(transfers),
    notice: draftNotice,
    basis: basisOf(sources),
    overview: flowTable(transfers),
    sections: [
      needSection(sources),
      descriptionSection(transfers),
      {
        title: 'Necessity and proportionality',
        law: 'GDPR Art. 35(7)(b)',
        ...{ lines: [], table: null },
        toFill: [
          ...['lawful basis of each activity (Art. 6, 9)', 'why each category is needed (Art. 5(1)(c))'],
          ...['how persons are informed and use their rights', 'time limits'],
        ],
      },
      {
        title: 'Risks that were seen',
        law: 'GDPR Art. 35(7)(c)',
        lines: differences.length === 0 ? ['Nothing differs from what is declared.'] : [],
        table: differences.length === 0 ? null : differenceTable(differences),
        toFill: ['likelihood and severity of each risk to the persons', 'risks that do not show in traffic'],
      },
      {
        title: 'Measures',
        law: 'GDPR Art. 35(7)(d)',
        lines: [],
        table: measureTable(sources),
        toFill: [
          'measures that are planned, with who and when',
          'advice of the data protection officer (Art. 35(2))',
        ],
      },
    ],
  }
}

/** Criteria of Article 35(3) and of the guidelines WP 248 rev.01 that show in traffic; two of them mostly mean that one is needed. */
function needSection({ transfers, personsOf }: DocumentSources): DocumentSection {
  const activities = activitiesOf(transfers)
  const categories = distinct(activities.flatMap((each) => each.categories))
  const most = Math.max(0, ...activities.map(({ id }) => personsOf(id)))
  const found = special.filter((category) => categories.includes(category))
  const lines = [
    ...(found.length === 0
      ? []
      : [`Special categories or criminal matters: ${found.join(', ')} (Art. 35(3)(b)).`]),
    ...(categories.includes('children') ? ['Data of children, who are vulnerable.'] : []),
    ...(categories.includes('location') ? ['Locations of persons.'] : []),
    ...(most >= manyPersons ? [`Many persons: about ${most} at one service.`] : []),
  ]
  return {
    title: 'What speaks for an assessment',
    law: 'GDPR Art. 35(1), 35(3)',
    lines: lines.length === 0 ? ['Nothing that shows in traffic.'] : lines,
    table: null,
    toFill: [
      'whether the processing is likely to result in a high risk',
      'criteria that do not show in traffic: profiling, new technology, decisions',
    ],
  }
}

function descriptionSection(transfers: readonly Transfer[]): DocumentSection {
  const activities = activitiesOf(transfers)
  return {
    title: 'Systematic description',
    law: 'GDPR Art. 35(7)(a)',
    lines: activities.map(
      ({ id, purpose, categories }) =>
        `${id}: ${categories.join(', ')}${purpose === null ? '' : `; for ${purpose}`}.`,
    ),
    table: flowTable(transfers),
    toFill: activities.filter(({ purpose }) => purpose === null).map(({ id }) => `purpose of ${id}`),
  }
}
