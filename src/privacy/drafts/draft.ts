import type { CaseTime, DraftKind, Language, ReachHow } from '../../model/case-words.ts'
import { type BreachCase, sentFor } from '../case.ts'
import { clocksOf } from '../clocks.ts'
import { adequacyOf } from '../countries.ts'
import { privacyLimits } from '../limits.ts'
import type { ReachEnd } from '../reach.ts'
import { severityOf } from '../severity.ts'
import { draftTexts } from './languages.ts'
import type { DraftPart, DraftTexts } from './texts.ts'

/** One thing that a document has to say. */
export interface DraftItem {
  part: DraftPart
  /** Article that asks for it. */
  law: string
  label: string
  /** Empty where it is not known: a person has to fill it in. */
  text: string
}

export interface Draft {
  kind: DraftKind
  language: Language
  title: string
  case: string
  /** Under the title: what this is, and to whom. */
  opening: string
  /** What stands above all until a person has looked at it. */
  notice: string
  /** In place of what is missing. */
  toFill: string
  items: DraftItem[]
  /** Labels of what a person still has to say. */
  missing: string[]
}

/** A document as far as what is known goes; nothing in it is made up, and it says what is missing. */
export function draftOf(breach: BreachCase, kind: DraftKind, language: Language = 'en'): Draft {
  const texts = draftTexts[language]
  const parts = partsOf[kind].filter(({ part }) => isAsked(part, breach))
  const isPublic = kind === 'subjects' && breach.exception?.kind === 'disproportionate'
  const { title, opening } = isPublic
    ? texts.inPublic
    : { title: texts.titles[kind], opening: texts.openings[kind] }
  const items = parts.map(({ part, law }) => ({
    ...{ part, law: law.map((each) => texts.article(...each)).join(', '), label: texts.parts[part] },
    text: textOf[part](breach, texts),
  }))
  const missing = items.filter(({ text }) => text === '').map(({ label }) => label)
  const list = missing.length === 0 ? '' : ` ${texts.toFillList} ${missing.join(', ')}.`
  return {
    ...{ kind, language, title, case: breach.id, opening },
    ...{ notice: `${texts.madeOf(breach.id)}${list}`, toFill: texts.toFill, items, missing },
  }
}

/** Parts of a document that a person still has to say. */
export function missingParts(breach: BreachCase, kind: DraftKind): DraftPart[] {
  return draftOf(breach, kind).items.flatMap(({ part, text }) => (text === '' ? [part] : []))
}

/** Reasons for a delay where there is one, phases where there was one before. */
function isAsked(part: DraftPart, breach: BreachCase): boolean {
  if (part === 'delay') return isLate(breach)
  return part !== 'phases' || sentFor(breach, 'gdpr-authority').length > 0
}

type Law = readonly [article: number, paragraph?: number, point?: string]

/** What each document has, in order, and which articles of the GDPR ask for it. */
const partsOf: Readonly<Record<DraftKind, readonly { part: DraftPart; law: readonly Law[] }[]>> = {
  authority: [
    { part: 'nature', law: [[33, 3, 'a']] },
    { part: 'categories', law: [[33, 3, 'a']] },
    { part: 'persons', law: [[33, 3, 'a']] },
    { part: 'records', law: [[33, 3, 'a']] },
    { part: 'contact', law: [[33, 3, 'b']] },
    { part: 'consequences', law: [[33, 3, 'c']] },
    { part: 'measures', law: [[33, 3, 'd']] },
    { part: 'times', law: [[33, 1]] },
    { part: 'delay', law: [[33, 1]] },
    { part: 'phases', law: [[33, 4]] },
    { part: 'reach', law: [[33, 3, 'a']] },
    { part: 'controls', law: [[32, 1]] },
    { part: 'unknown', law: [[33, 4]] },
  ],
  subjects: [
    { part: 'told-what', law: [[34, 2]] },
    { part: 'told-data', law: [[34, 2]] },
    {
      part: 'told-contact',
      law: [
        [34, 2],
        [33, 3, 'b'],
      ],
    },
    {
      part: 'told-consequences',
      law: [
        [34, 2],
        [33, 3, 'c'],
      ],
    },
    {
      part: 'told-measures',
      law: [
        [34, 2],
        [33, 3, 'd'],
      ],
    },
  ],
  controller: [
    { part: 'nature', law: [[33, 2]] },
    {
      part: 'categories',
      law: [
        [33, 2],
        [28, 3, 'f'],
      ],
    },
    {
      part: 'persons',
      law: [
        [33, 2],
        [28, 3, 'f'],
      ],
    },
    { part: 'times', law: [[33, 2]] },
    { part: 'controls', law: [[32, 1]] },
    { part: 'measures', law: [[33, 2]] },
    { part: 'contact', law: [[33, 2]] },
  ],
  record: [
    { part: 'facts', law: [[33, 5]] },
    { part: 'times', law: [[33, 5]] },
    { part: 'effects', law: [[33, 5]] },
    { part: 'remedial', law: [[33, 5]] },
    { part: 'severity', law: [[33, 5]] },
    { part: 'reach', law: [[33, 5]] },
    { part: 'controls', law: [[32, 1]] },
    { part: 'unknown', law: [[33, 5]] },
  ],
}

const contact = (breach: BreachCase): string => breach.contact
const consequences = (breach: BreachCase): string => breach.consequences
const measures = (breach: BreachCase): string => breach.measures

const textOf: Readonly<Record<DraftPart, (breach: BreachCase, texts: DraftTexts) => string>> = {
  nature: natureText,
  categories: categoriesText,
  persons: personsText,
  records: recordsText,
  contact,
  consequences,
  measures,
  times: timesText,
  delay: () => '',
  phases: phasesText,
  controls: controlsText,
  unknown: unknownText,
  reach: reachText,
  'told-what': ({ description }) => description,
  'told-data': toldDataText,
  'told-contact': contact,
  'told-consequences': consequences,
  'told-measures': measures,
  facts: (breach, texts) => [breach.description, natureText(breach, texts)].filter(Boolean).join('\n'),
  effects: consequences,
  remedial: measures,
  severity: severityText,
}

function natureText({ kinds, scope }: BreachCase, texts: DraftTexts): string {
  const lost = texts.lost(
    listText(
      kinds.map((kind) => texts.kinds[kind]),
      texts,
    ),
  )
  if (scope === null) return lost
  const { workloads, since, until, recipients } = scope
  const where = workloads.length === 0 ? texts.everywhere : workloads.join(', ')
  const seen = recipients.map(({ name, persons, flows, country, ...recipient }) => {
    const counted = persons === 0 ? texts.notCounted : texts.personsOf(numberText(persons, texts))
    const said = {
      ...{ ...recipient, name: oneLine(name), persons: counted, flows: numberText(flows, texts) },
      country: countryText(country ?? null, texts, Date.parse(until)),
    }
    return `- ${texts.recipient(said)}`
  })
  return [lost, texts.observed(timeText(since), timeText(until), where), ...seen].join('\n')
}

/** Where it is, and whether personal data may go there without more (GDPR Chapter V). */
function countryText(country: string | null, { language, thirdCountry }: DraftTexts, at: number): string {
  if (country === null) return ''
  const name = new Intl.DisplayNames(language, { type: 'region' }).of(country) ?? country
  const adequacy = adequacyOf(country, at)
  return adequacy === 'eea' ? name : thirdCountry(name, adequacy === 'full')
}

/** What was in force, and how it did; a scope of before that was told says nothing of it. */
function controlsText({ scope }: BreachCase, texts: DraftTexts): string {
  if (scope === null) return texts.notLooked
  return (scope.controls ?? [])
    .map(({ control, state, subject, count, since, until }) => {
      const said = texts.controls[control][state](oneLine(subject), numberText(count, texts))
      if (since === undefined && until === undefined) return `- ${said}`
      const [from, to] = [since, until].map((time) => (time === undefined ? '' : timeText(time)))
      return `- ${said}, ${texts.partOfTime(from, to)}`
    })
    .join('\n')
}

/** What began it, whom it came to, and whom it could have: a scope of before that was told says nothing of it. */
function reachText({ scope }: BreachCase, texts: DraftTexts): string {
  if (scope?.reach === undefined) return texts.notLooked
  const { ends, seenFrom, isCut } = scope.reach
  const { reach } = texts
  const listed = (how: ReachHow, text: (end: ReachEnd) => string): string => {
    const of = ends.filter((end) => end.how === how)
    const named = of.slice(0, privacyLimits.endsInDraft).map((end) => oneLine(text(end)))
    const rest = of.length - named.length
    return [...named, ...(rest > 0 ? [reach.more(numberText(rest, texts))] : [])].join(', ')
  }
  const suspects = listed('suspect', ({ name }) => name)
  const reached = listed('reached', ({ name, hops, since }) =>
    reach.reachedEnd(name, numberText(hops, texts), timeText(since ?? '')),
  )
  const reachable = listed('reachable', ({ name, why, by }) => reach.reachableEnd[why ?? 'mode'](name, by))
  return [
    `- ${reach.suspect(suspects === '' ? texts.everywhere : suspects)}`,
    `- ${reached === '' ? reach.nobody : reach.reached(reached)}`,
    `- ${reachable === '' ? reach.none : reach.reachable(reachable)}`,
    ...(seenFrom === null ? [] : [`- ${reach.seenFrom(timeText(seenFrom))}`]),
    ...(isCut ? [`- ${reach.cut}`] : []),
  ].join('\n')
}

/** What traffic named makes no line of its own. */
function oneLine(name: string): string {
  return name.replaceAll(/[\p{Cc}\u2028\u2029]/gu, ' ')
}

function categoriesText({ scope }: BreachCase, texts: DraftTexts): string {
  return (scope?.categories ?? [])
    .map(({ category, identifiers }) => `${texts.categories[category]} (${identifiers.join(', ')})`)
    .join(texts.semicolon)
}

/** In plain words, as Art. 12(1) asks: no names of identifiers. */
function toldDataText({ scope }: BreachCase, texts: DraftTexts): string {
  return (scope?.categories ?? []).map(({ category }) => `- ${texts.yourData[category]}`).join('\n')
}

function personsText({ scope }: BreachCase, texts: DraftTexts): string {
  // Data was seen of which it cannot be said whose it is: a person has to.
  if (scope === null || (scope.persons === 0 && scope.values > 0)) return ''
  const parts = [texts.persons(numberText(scope.persons, texts)), texts.personsCounted]
  return [...parts, ...(scope.isCut ? [texts.notAll] : [])].join(texts.semicolon)
}

function recordsText({ scope }: BreachCase, texts: DraftTexts): string {
  return scope === null ? '' : texts.records(numberText(scope.values, texts))
}

const timesTold: readonly CaseTime[] = ['began', 'ended', 'detected', 'aware', 'classified', 'notified']

/** Without the time of awareness the document cannot be sent: it is missing then. */
function timesText({ times }: BreachCase, texts: DraftTexts): string {
  if (times.aware === undefined) return ''
  const lines = timesTold.flatMap((time) => {
    const set = times[time]?.at(-1)
    if (set === undefined) return []
    return [`${texts.times[time]}: ${timeText(set.at)}, ${texts.setBy(set.by, set.reason)}`]
  })
  return lines.join('\n')
}

/** Art. 33(1): who notifies after 72 hours says why. */
function isLate(breach: BreachCase): boolean {
  const clock = clocksOf(breach).find(({ id }) => id === 'gdpr-authority')
  return clock?.due !== undefined && clock.doneAt !== undefined && clock.doneAt > clock.due
}

/** What the authority was sent before. */
function phasesText(breach: BreachCase, texts: DraftTexts): string {
  return sentFor(breach, 'gdpr-authority')
    .map(({ at, by, missing }) =>
      missing.length === 0
        ? texts.phaseWhole(timeText(at), by)
        : texts.phase(timeText(at), by, missing.map((part) => texts.parts[part as DraftPart]).join(', ')),
    )
    .map((line) => `- ${line}`)
    .join('\n')
}

function unknownText({ scope }: BreachCase, texts: DraftTexts): string {
  if (scope === null) return texts.notLooked
  const gaps = scope.gaps.map(
    ({ reason, count, detail }) => `- ${texts.gap(reason, numberText(count, texts), detail)}`,
  )
  if (scope.isCut) gaps.push(`- ${texts.lowerBounds}`)
  return gaps.length === 0 ? texts.nothingMissed : gaps.join('\n')
}

function severityText(breach: BreachCase, texts: DraftTexts): string {
  const { severity: words } = texts
  const { score, level, context, ease, circumstances, flags, dutyText } = severityOf(breach, words)
  const sum = words.sum({
    score: words.decimal(score),
    level: words.levels[level],
    context: `${words.decimal(context.value)} (${context.why})`,
    ease: `${words.decimal(ease.value)} (${ease.why})`,
    circumstances: `${words.decimal(circumstances.value)} (${circumstances.why})`,
  })
  const besides = flags.length === 0 ? [] : [`${words.besides} ${flags.join(texts.semicolon)}`]
  return [sum, ...besides, `${words.follows} ${dutyText}`].join('\n')
}

function listText(parts: readonly string[], { and }: DraftTexts): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} ${and} ${parts.at(-1)}`
}

/** To the minute, in UTC: a document goes to who may be in another zone. */
function timeText(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`
}

function numberText(value: number, { language }: DraftTexts): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(value)
}
