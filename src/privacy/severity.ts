import type { Ease } from '../model/case-words.ts'
import type { Category } from '../model/records.ts'
import type { BreachCase, CaseScope } from './case.ts'

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

/** What a case comes to, each part with its reason; all of it can be changed by whoever handles the case. */
export function severityOf(breach: BreachCase): Severity {
  const { scope, severity: choices } = breach
  const categories = (scope?.categories ?? []).map(({ category }) => category)
  const context = contextOf(categories, choices.contextAdjustment ?? 0)
  const ease = easeOf(scope, choices.ease)
  const circumstances = circumstancesOf(breach)
  const score = round(context.value * ease.value + circumstances.value)
  const level = levelOf(score)
  return { score, level, context, ease, circumstances, flags: flagsOf(scope), ...dutyOf(level) }
}

/** The highest class that is there; then as far up or down as was chosen, within 1 and 4. */
function contextOf(categories: readonly Category[], adjustment: number): Severity['context'] {
  const classes = new Set(categories.map((category) => classOf[category]))
  const highest = contextClasses.findLast((each) => classes.has(each)) ?? null
  if (highest === null) {
    return {
      value: 0,
      class: null,
      isSuggested: true,
      why: 'no personal data was seen in the scope of the case',
    }
  }
  const value = Math.min(4, Math.max(1, base[highest] + adjustment))
  const named = categories.filter((category) => classOf[category] === highest).join(', ')
  const changed =
    adjustment === 0 ? '' : `, ${adjustment > 0 ? 'raised' : 'lowered'} by ${Math.abs(adjustment)}`
  return { value, class: highest, isSuggested: adjustment === 0, why: `${highest} data (${named})${changed}` }
}

function easeOf(scope: CaseScope | null, chosen: Ease | undefined): Part {
  if (chosen !== undefined) return { value: chosen, isSuggested: false, why: 'as chosen' }
  const identifiers = new Set((scope?.categories ?? []).flatMap((each) => each.identifiers))
  const has = (category: Category): boolean =>
    (scope?.categories ?? []).some((each) => each.category === category)
  const hasName = identifiers.has('name')
  const hasNumber = (scope?.categories ?? []).some(
    ({ category, identifiers: ids }) => category === 'identity' && ids.some((id) => id !== 'name'),
  )
  if (hasName && (hasNumber || has('contact')))
    return suggestion(1, 'names together with numbers or addresses that single a person out')
  if (hasNumber || has('contact')) return suggestion(0.75, 'numbers or addresses that single a person out')
  if (hasName || has('financial')) return suggestion(0.5, 'names or accounts alone')
  return suggestion(0.25, 'nothing that names a person was seen')
}

function suggestion(value: Ease, why: string): Part {
  return { value, isSuggested: true, why }
}

function circumstancesOf({ kinds, scope, severity: choices }: BreachCase): Severity['circumstances'] {
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
    .map(({ name, value }) => `${name === 'malicious' ? 'malicious intent' : name} ${value}`)
  const value = parts.reduce((sum, part) => sum + part.value, 0)
  const isSuggested = parts.every((part) => part.isSuggested)
  return { value, isSuggested, why: counting.join(', ') || 'nothing that adds to it', parts }
}

/** 0 without evidence that anybody got it, 0.25 for known recipients, 0.5 where it left what is watched. */
function confidentialityOf(scope: CaseScope | null): number {
  const recipients = scope?.recipients ?? []
  if (recipients.length === 0) return 0
  return recipients.some(({ isExternal }) => isExternal) ? 0.5 : 0.25
}

function flagsOf(scope: CaseScope | null): string[] {
  const flags: string[] = []
  if (scope !== null && scope.persons > manyPersons) flags.push(`more than ${manyPersons} persons`)
  const recipients = scope?.recipients ?? []
  if (recipients.length > 0 && recipients.every(({ isEncrypted }) => isEncrypted)) {
    flags.push('encrypted on the way; whether it is unintelligible to the recipient is for a person to say')
  }
  return flags
}

function levelOf(score: number): Level {
  if (score < 2) return 'low'
  if (score < 3) return 'medium'
  return score < 4 ? 'high' : 'very high'
}

function dutyOf(level: Level): Pick<Severity, 'duty' | 'dutyText'> {
  switch (level) {
    case 'low':
      return { duty: 'document', dutyText: 'document it (Art. 33(5)); a risk is unlikely' }
    case 'medium':
      return { duty: 'notify', dutyText: 'notify the authority (Art. 33(1))' }
    default:
      return {
        duty: 'notify-and-tell',
        dutyText:
          'notify the authority (Art. 33(1)) and tell the persons (Art. 34), unless an exception of Art. 34(3) holds',
      }
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
