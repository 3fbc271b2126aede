import { type BreachCase, timeOf } from '../case.ts'
import { clocksOf } from '../clocks.ts'
import { draftOf } from '../drafts/draft.ts'
import { severityOf } from '../severity.ts'
import { type DocumentSection, type DocumentTable, type PrivacyDocument, timeText } from './document.ts'

/**
 * Every breach with its facts, its effects and what was done, as GDPR Article 33(5) asks: what a supervisory authority asks to see. Where
 * none was told to the authority, why not (EDPB Guidelines 9/2022, 123).
 *
 * @param now - in ms since 1970
 * @param isCut whether there are more cases than these
 */
export function breachRegister(
  cases: readonly BreachCase[],
  { now, isCut }: { now: number; isCut: boolean },
): PrivacyDocument {
  const inOrder = cases.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return {
    kind: 'breach-register',
    title: 'Register of personal data breaches',
    at: timeText(now),
    since: null,
    notice:
      'Made of the cases that were entered. What is marked has to be written by a person. Breaches that nobody opened a case for are not in it.',
    basis: [
      'Article 33(5) GDPR: facts, effects and remedial action of every breach, whether it was notified or not.',
      'Numbers of persons are approximate, and of what was seen on the network.',
      ...(isCut ? ['There are more cases than are listed here: the newest are.'] : []),
    ],
    overview: overviewOf(inOrder),
    sections: inOrder.map(sectionOf),
  }
}

function overviewOf(cases: readonly BreachCase[]): DocumentTable {
  return {
    columns: [
      ...['Case', 'What', 'Began', 'Aware', 'Lost', 'Categories', 'Persons, about'],
      ...['Severity', 'Authority notified', 'State'],
    ],
    rows: cases.map((breach) => {
      const { id, title, kinds, scope, state } = breach
      const { score, level, context } = severityOf(breach)
      return {
        cells: [
          ...[id, title, minuteOf(breach, 'began'), minuteOf(breach, 'aware'), kinds.join(', ')],
          (scope?.categories ?? []).map(({ category }) => category).join(', '),
          scope === null || scope.persons === 0 ? 'not counted' : `${scope.persons}`,
          context.class === null ? 'no data was seen' : `${score}, ${level}`,
          ...[notifiedText(breach), state],
        ],
        records: [id],
      }
    }),
  }
}

function notifiedText(breach: BreachCase): string {
  const notified = minuteOf(breach, 'notified')
  if (notified === '') return 'no'
  return isLate(breach) ? `${notified}, late` : notified
}

function isLate(breach: BreachCase): boolean {
  const clock = clocksOf(breach).find(({ id }) => id === 'gdpr-authority')
  return clock?.due !== undefined && clock.doneAt !== undefined && clock.doneAt > clock.due
}

function sectionOf(breach: BreachCase): DocumentSection {
  const { items } = draftOf(breach, 'record')
  const known = items.filter(({ text }) => text !== '')
  return {
    title: `${breach.id}: ${breach.title}`,
    law: 'GDPR Art. 33(5)',
    lines: known.flatMap(({ label, text }) => [`${label}:`, ...text.split('\n')]),
    table: null,
    toFill: [
      ...items.filter(({ text }) => text === '').map(({ label }) => label.toLowerCase()),
      ...reasonsMissing(breach),
    ],
  }
}

/** A decision not to notify, or to do so late, has its reasons in the register. */
function reasonsMissing(breach: BreachCase): string[] {
  if (isLate(breach)) return ['reasons for the delay (Art. 33(1))']
  if (breach.role === 'processor' || timeOf(breach, 'notified') !== undefined) return []
  const { duty, context } = severityOf(breach)
  return duty === 'document' && context.class !== null
    ? ['why no risk to the persons is likely (Art. 33(1))']
    : ['when the authority was notified, or why it was not']
}

function minuteOf(breach: BreachCase, time: 'began' | 'aware' | 'notified'): string {
  const ms = timeOf(breach, time)
  return ms === undefined ? '' : `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
