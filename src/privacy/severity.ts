import type { Ease } from '../model/case-words.ts'
import type { Category } from '../model/records.ts'
import type { BreachCase, CaseScope } from './case.ts'
import { english } from './drafts/en.ts'
import type { SeverityTexts } from './drafts/texts.ts'

/** ENISA, Recommendations for a methodology of the assessment of severity of personal data breaches, 2013. */

const contextClasses = ['simple', 'behavioural', 'financial', 'sensitive'] as const
type ContextClass = (typeof contextClasses)[number]

const base: Readonly<Record<ContextClass, number>> = { simple: 1, behavioural: 2, financial: 3, sensitive: 4 }

const classOf: Readonly<Record<Category, ContextClass>> = {
  contact: 'simple',
  identity: 'simple',
  children: 'simple',
  credential: 'simple',
  online: 'behavioural',
  location: 'behavioural',
  financial: 'financial',
  health: 'sensitive',
  genetic: 'sensitive',
  special: 'sensitive',
  criminal: 'sensitive',
}

type Level = 'low' | 'medium' | 'high' | 'very high'

/** One part of a score, and why it is what it is: `suggested` from what was seen, else as somebody chose. */
interface Part {
  value: number
  why: string
  isSuggested: boolean
}

/** One of the circumstances that add to a score. */
interface Circumstance {
  name: 'confidentiality' | 'integrity' | 'availability' | 'malicious'
  value: number
  isSuggested: boolean
}

export interface Severity {
  /** DPC × EI + CB. */
  score: number
  level: Level
  context: Part & { class: ContextClass | null }
  ease: Part
  circumstances: Part & { parts: Circumstance[] }
  /** Beside the score: more than 100 persons; unintelligible data. */
  flags: string[]
  duty: 'document' | 'notify' | 'notify-and-tell'
  dutyText: string
}

const manyPersons = 100

/**
 * What a case comes to, each part with its reason; all of it can be changed by whoever handles the case.
 *
 * @param texts in the language of the reasons
 */
export function severityOf(breach: BreachCase, texts: SeverityTexts = english.severity): Severity {
  const { scope, severity: choices } = breach
  const categories = (scope?.categories ?? []).map(({ category }) => category)
  const context = contextOf(categories, choices.contextAdjustment ?? 0, texts)
  const ease = easeOf(scope, choices.ease, texts)
  const circumstances = circumstancesOf(breach, texts)
  const score = round(context.value * ease.value + circumstances.value)
  const level = levelOf(score)
  return {
    score,
    level,
    context,
    ease,
    circumstances,
    flags: flagsOf(scope, texts),
    ...dutyOf(level, context.class !== null, { breach, texts }),
  }
}

/** The highest class that is there; then as far up or down as was chosen, within 1 and 4. */
function contextOf(
  categories: readonly Category[],
  adjustment: number,
  texts: SeverityTexts,
): Severity['context'] {
  const classes = new Set(categories.map((category) => classOf[category]))
  const highest = contextClasses.findLast((each) => classes.has(each)) ?? null
  if (highest === null) {
    return { value: 0, class: null, isSuggested: true, why: texts.noData }
  }
  const value = Math.min(4, Math.max(1, base[highest] + adjustment))
  const ofClass = categories.filter((category) => classOf[category] === highest)
  const named = ofClass.map((category) => texts.categories[category]).join(', ')
  const changed = adjustment > 0 ? texts.raised(adjustment) : texts.lowered(-adjustment)
  const why = `${texts.data(texts.classes[highest], named)}${adjustment === 0 ? '' : changed}`
  return { value, class: highest, isSuggested: adjustment === 0, why }
}

function easeOf(scope: CaseScope | null, chosen: Ease | undefined, texts: SeverityTexts): Part {
  if (chosen !== undefined) return { value: chosen, isSuggested: false, why: texts.chosen }
  const identifiers = new Set((scope?.categories ?? []).flatMap((each) => each.identifiers))
  const has = (category: Category): boolean =>
    (scope?.categories ?? []).some((each) => each.category === category)
  const hasName = identifiers.has('name')
  const hasNumber = (scope?.categories ?? []).some(
    ({ category, identifiers: ids }) => category === 'identity' && ids.some((id) => id !== 'name'),
  )
  if (hasName && (hasNumber || has('contact'))) return suggestion(1, texts.eases.both)
  if (hasNumber || has('contact')) return suggestion(0.75, texts.eases.numbers)
  if (hasName || has('financial')) return suggestion(0.5, texts.eases.names)
  return suggestion(0.25, texts.eases.none)
}

function suggestion(value: Ease, why: string): Part {
  return { value, isSuggested: true, why }
}

function circumstancesOf(
  { kinds, scope, severity: choices }: BreachCase,
  texts: SeverityTexts,
): Severity['circumstances'] {
  const suggested = kinds.includes('confidentiality') ? confidentialityOf(scope) : 0
  const values: Record<Circumstance['name'], number> = {
    confidentiality: choices.confidentiality ?? suggested,
    integrity: choices.integrity ?? 0,
    availability: choices.availability ?? 0,
    malicious: choices.malicious === true ? 0.5 : 0,
  }
  const parts = (Object.keys(values) as Circumstance['name'][]).map((name) => ({
    ...{ name, value: values[name], isSuggested: choices[name] === undefined },
  }))
  const counting = parts
    .filter(({ value }) => value > 0)
    .map(({ name, value }) => `${texts.circumstances[name]} ${texts.decimal(value)}`)
  const value = parts.reduce((sum, part) => sum + part.value, 0)
  const isSuggested = parts.every((part) => part.isSuggested)
  return { value, isSuggested, why: counting.join(', ') || texts.nothingAdds, parts }
}

/** 0 without evidence that anybody got it, 0.25 for known recipients, 0.5 where it left what is watched. */
function confidentialityOf(scope: CaseScope | null): number {
  const recipients = scope?.recipients ?? []
  if (recipients.length === 0) return 0
  return recipients.some(({ isExternal }) => isExternal) ? 0.5 : 0.25
}

function flagsOf(scope: CaseScope | null, texts: SeverityTexts): string[] {
  const flags: string[] = []
  if (scope !== null && scope.persons > manyPersons) flags.push(texts.manyPersons(manyPersons))
  const recipients = scope?.recipients ?? []
  if (recipients.length > 0 && recipients.every(({ isEncrypted }) => isEncrypted)) {
    flags.push(texts.encrypted)
  }
  return flags
}

function levelOf(score: number): Level {
  if (score < 2) return 'low'
  if (score < 3) return 'medium'
  return score < 4 ? 'high' : 'very high'
}

/**
 * That no data was seen does not say that there is no risk: of what was lost elsewhere nothing is seen here. An exception of Art. 34(3)
 * takes the duty to tell the persons away; the third puts a public communication in its place.
 */
function dutyOf(
  level: Level,
  hasData: boolean,
  { breach: { exception }, texts: { duties, exceptions } }: { breach: BreachCase; texts: SeverityTexts },
): Pick<Severity, 'duty' | 'dutyText'> {
  const duty = level === 'low' ? 'document' : level === 'medium' ? 'notify' : 'notify-and-tell'
  if (duty === 'notify-and-tell' && exception !== undefined) {
    const { kind, by, reason } = exception
    const said = `${exceptions[kind]} (${by}${reason === '' ? '' : `: ${reason}`})`
    const left = kind === 'disproportionate' ? duty : 'notify'
    return { duty: left, dutyText: `${duties.notify}; ${said}` }
  }
  return { duty, dutyText: duties[hasData || duty !== 'document' ? duty : 'unknown'] }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
