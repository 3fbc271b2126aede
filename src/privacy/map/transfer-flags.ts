import type { TransferFlag } from '../../model/difference-words.ts'
import type { ProcessorDefinition, TransferMechanism } from '../../model/processor.ts'
import type { Category } from '../../model/records.ts'
import { adequacyOf } from '../countries.ts'
import type { Transfer, TransferFacts, TransferParty } from './transfer.ts'

export interface FlagQuestion {
  facts: TransferFacts
  sender: TransferParty
  recipient: TransferParty
  /** The partner that receives it, where it is one that is declared. */
  processor: ProcessorDefinition | undefined
  /** The sender was seen with personal data, or is labelled so: what it sends encrypted may be some. */
  handlesData: boolean
  /** In ms since 1970. */
  now: number
}

/** What of a transfer stands out. */
export function flagsOf(
  question: FlagQuestion,
): Pick<Transfer, 'flags' | 'beyond' | 'groundless' | 'elsewhere'> {
  const { facts, recipient, processor } = question
  const hasData = facts.categories.length > 0
  const mayHaveData = hasData || question.handlesData
  const isOutside = recipient.kind === 'external' || recipient.kind === 'processor'
  const beyond = processor === undefined ? [] : beyondDeclaration(facts, processor)
  const groundless = isOutside && mayHaveData ? groundlessCountries(recipient, processor, question.now) : []
  const elsewhere = processor !== undefined && mayHaveData ? otherCountries(recipient, processor) : []
  const flags: [TransferFlag, boolean][] = [
    ['in-the-clear', hasData && !facts.encrypted],
    ['third-country', groundless.length > 0],
    ['beyond-declaration', beyond.length > 0],
    ['undeclared-recipient', recipient.kind === 'external' && mayHaveData],
    ['other-country', elsewhere.length > 0],
  ]
  return {
    ...{ beyond, groundless, elsewhere },
    flags: flags.filter(([, holds]) => holds).map(([flag]) => flag),
  }
}

function beyondDeclaration({ categories }: TransferFacts, processor: ProcessorDefinition): Category[] {
  const declared = new Set(processor.categories)
  return categories.map(({ category }) => category).filter((category) => !declared.has(category))
}

/** Countries that it goes to and for which nothing is said that the transfer could rest on. */
function groundlessCountries(
  { countries }: TransferParty,
  processor: ProcessorDefinition | undefined,
  now: number,
): string[] {
  return countries
    .map(({ country }) => country)
    .filter((country) => !isGrounded(country, mechanismFor(country, processor), now))
}

/** The partner's own, or that of a sub-processor in that country. */
function mechanismFor(
  country: string,
  processor: ProcessorDefinition | undefined,
): TransferMechanism | undefined {
  const sub = processor?.subProcessors?.find((each) => each.country === country)
  return sub?.transferMechanism ?? processor?.transferMechanism
}

/** Whether a transfer to a country rests on something: GDPR Articles 45, 46, 49. */
export function isGrounded(country: string, mechanism: TransferMechanism | undefined, now: number): boolean {
  const adequacy = adequacyOf(country, now)
  if (adequacy === 'eea' || adequacy === 'full') return true
  if (mechanism === undefined || mechanism === 'none-needed') return false
  return mechanism !== 'adequacy-decision' || adequacy === 'partial'
}

/** Where an address is said surely to be elsewhere; what is said with less is too often wrong. */
function otherCountries(
  { countries }: TransferParty,
  { country, subProcessors = [] }: ProcessorDefinition,
): string[] {
  const declared = new Set([country, ...subProcessors.map((sub) => sub.country)])
  return countries
    .filter(({ from, confidence }) => from === 'addresses' && confidence === 'high')
    .flatMap((each) => (declared.has(each.country) ? [] : [each.country]))
}
