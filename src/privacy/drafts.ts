import type { CaseTime, DraftKind } from '../model/case-words.ts'
import type { BreachCase, CaseScope } from './case.ts'
import { clocksOf } from './clocks.ts'
import { severityOf } from './severity.ts'

/** One thing that a document has to say. */
export interface DraftItem {
  /** Article that asks for it. */
  law: string
  label: string
  /** Empty where it is not known: a person has to fill it in. */
  text: string
}

export interface Draft {
  kind: DraftKind
  title: string
  case: string
  items: DraftItem[]
  /** Labels of what a person still has to say. */
  missing: string[]
}

/** A document as far as what is known goes; nothing in it is made up, and it says what is missing. */
export function draftOf(breach: BreachCase, kind: DraftKind): Draft {
  const items = itemsOf[kind](breach)
  const missing = items.filter(({ text }) => text === '').map(({ label }) => label)
  return { kind, title: titles[kind], case: breach.id, items, missing }
}

const titles: Readonly<Record<DraftKind, string>> = {
  authority: 'Notification of a personal data breach to the supervisory authority',
  subjects: 'Communication of a personal data breach to the persons concerned',
  controller: 'Notice of a personal data breach from processor to controller',
  record: 'Record of a personal data breach',
}

const itemsOf: Readonly<Record<DraftKind, (breach: BreachCase) => DraftItem[]>> = {
  authority: (breach) => [
    { law: 'Art. 33(3)(a)', label: 'Nature of the breach', text: natureText(breach) },
    { law: 'Art. 33(3)(a)', label: 'Categories of personal data', text: categoriesText(breach.scope) },
    { law: 'Art. 33(3)(a)', label: 'Approximate number of persons', text: personsText(breach.scope) },
    { law: 'Art. 33(3)(a)', label: 'Approximate number of records', text: recordsText(breach.scope) },
    { law: 'Art. 33(3)(b)', label: 'Contact point', text: breach.contact },
    { law: 'Art. 33(3)(c)', label: 'Likely consequences', text: breach.consequences },
    { law: 'Art. 33(3)(d)', label: 'Measures taken or proposed', text: breach.measures },
    { law: 'Art. 33(1)', label: 'Times', text: timesText(breach) },
    ...delayItems(breach),
    { law: 'Art. 33(4)', label: 'Not known yet', text: unknownText(breach) },
  ],
  subjects: (breach) => [
    { law: 'Art. 34(2)', label: 'What happened', text: breach.description },
    { law: 'Art. 34(2)', label: 'Which of your data it is', text: categoriesText(breach.scope) },
    { law: 'Art. 34(2), 33(3)(b)', label: 'Whom you can ask', text: breach.contact },
    { law: 'Art. 34(2), 33(3)(c)', label: 'What it may mean for you', text: breach.consequences },
    { law: 'Art. 34(2), 33(3)(d)', label: 'What we have done, and what you can do', text: breach.measures },
  ],
  controller: (breach) => [
    { law: 'Art. 33(2)', label: 'Nature of the breach', text: natureText(breach) },
    { law: 'Art. 33(2), 28(3)(f)', label: 'Categories of personal data', text: categoriesText(breach.scope) },
    { law: 'Art. 33(2), 28(3)(f)', label: 'Approximate number of persons', text: personsText(breach.scope) },
    { law: 'Art. 33(2)', label: 'Times', text: timesText(breach) },
    { law: 'Art. 33(2)', label: 'Measures taken', text: breach.measures },
    { law: 'Art. 33(2)', label: 'Contact point', text: breach.contact },
  ],
  record: (breach) => [
    {
      law: 'Art. 33(5)',
      label: 'Facts',
      text: [breach.description, natureText(breach)].filter(Boolean).join('\n'),
    },
    { law: 'Art. 33(5)', label: 'Times', text: timesText(breach) },
    { law: 'Art. 33(5)', label: 'Effects', text: breach.consequences },
    { law: 'Art. 33(5)', label: 'Remedial action', text: breach.measures },
    { law: 'Art. 33(5)', label: 'Severity and what follows from it', text: severityText(breach) },
    { law: 'Art. 33(5)', label: 'Not known', text: unknownText(breach) },
  ],
}

function natureText({ kinds, scope }: BreachCase): string {
  const lost = `Loss of ${kinds.join(', ')}.`
  if (scope === null) return lost
  const { workloads, since, until, recipients } = scope
  const where = workloads.length === 0 ? 'all watched workloads' : workloads.join(', ')
  const seen = recipients.map(
    ({ name, isExternal, isEncrypted, persons, flows }) =>
      `- ${oneLine(name)}${isExternal ? ' (outside)' : ''}: ${flows} connections ${isEncrypted ? 'encrypted' : 'in the clear'}, ${countText(persons)}`,
  )
  return [lost, `Observed from ${since} to ${until} at ${where}; personal data went to:`, ...seen].join('\n')
}

/** What traffic named makes no line of its own. */
function oneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
}

function countText(persons: number): string {
  return persons === 0 ? 'persons not counted' : `about ${persons} persons`
}

function categoriesText(scope: CaseScope | null): string {
  return (scope?.categories ?? [])
    .map(({ category, identifiers }) => `${category} (${identifiers.join(', ')})`)
    .join('; ')
}

function personsText(scope: CaseScope | null): string {
  // Data was seen of which it cannot be said whose it is: a person has to.
  if (scope === null || (scope.persons === 0 && scope.values > 0)) return ''
  const counted = 'who is known by different identifiers in different connections may count more than once'
  return `about ${scope.persons}; ${counted}${scope.isCut ? '; not all was looked at' : ''}`
}

function recordsText(scope: CaseScope | null): string {
  return scope === null ? '' : `${scope.values} values were seen; one record may hold several`
}

const timeLabels: Readonly<Record<CaseTime, string>> = {
  began: 'began',
  ended: 'ended',
  detected: 'detected',
  aware: 'aware of it',
  classified: 'classified as major',
  notified: 'notified',
}

/** Without the time of awareness the document cannot be sent: it is missing then. */
function timesText({ times }: BreachCase): string {
  if (times.aware === undefined) return ''
  return Object.entries(timeLabels)
    .flatMap(([time, label]) => {
      const set = times[time as CaseTime]?.at(-1)
      return set === undefined
        ? []
        : [`${label}: ${set.at}, set by ${set.by}${set.reason === '' ? '' : ` (${set.reason})`}`]
    })
    .join('\n')
}

/** Art. 33(1): who notifies after 72 hours says why. */
function delayItems(breach: BreachCase): DraftItem[] {
  const clock = clocksOf(breach).find(({ id }) => id === 'gdpr-authority')
  const isLate = clock?.due !== undefined && clock.doneAt !== undefined && clock.doneAt > clock.due
  return isLate ? [{ law: 'Art. 33(1)', label: 'Reasons for the delay', text: '' }] : []
}

function unknownText({ scope }: BreachCase): string {
  if (scope === null) return 'What was observed has not been looked at yet.'
  const gaps = scope.gaps.map(
    ({ reason, count, detail }) => `- not seen: ${reason}, ${count} times (${detail})`,
  )
  if (scope.isCut) gaps.push('- there was more than is looked at at once: numbers are lower bounds')
  return gaps.length === 0 ? 'Nothing was missed in that time, as far as Pavise can tell.' : gaps.join('\n')
}

function severityText(breach: BreachCase): string {
  const { score, level, context, ease, circumstances, flags, dutyText } = severityOf(breach)
  return [
    `${score}, ${level} (ENISA 2013): context ${context.value} (${context.why}) × ease of identification ${ease.value} (${ease.why}) + circumstances ${circumstances.value} (${circumstances.why})`,
    ...(flags.length === 0 ? [] : [`Besides: ${flags.join('; ')}`]),
    `What follows: ${dutyText}`,
  ].join('\n')
}

/** As a document in Markdown; what is missing is marked. */
export function draftMarkdown({ title, case: id, items, missing }: Draft): string {
  const sections = items.map(
    ({ law, label, text }) =>
      `## ${label}\n\n*${law}*\n\n${text === '' ? '**[to be filled in]**' : literal(text)}\n`,
  )
  const open = missing.length === 0 ? '' : `> To be filled in by a person: ${missing.join(', ')}.\n\n`
  return `# ${title}\n\nCase ${id}. A draft made of what was observed and entered; check it before it is sent.\n\n${open}${sections.join('\n')}`
}

/** Text that is text in Markdown too, whatever traffic named: no element, link or picture (CommonMark 2.4). */
function literal(text: string): string {
  return text.replaceAll(/[\\<[`]/g, String.raw`\$&`)
}
