import type { Transfer } from '../../../../../src/api/contract/types.ts'
import type { UrlState } from '../../../url-state.ts'

type Flag = Transfer['flags'][number]

/** What is not as it was declared, or as it should be, in words. */
export const flagTexts: Record<Flag, string> = {
  'in-the-clear': 'in clear text',
  'third-country': 'to a country without an adequate level of protection',
  'beyond-declaration': 'more than is declared',
  'undeclared-recipient': 'nobody has declared who gets it',
  'other-country': 'in another country than is declared',
}

const noRole: Record<Transfer['recipient']['kind'], string> = {
  workload: 'a service here',
  store: 'a database here',
  processor: 'declared partner',
  external: 'not declared',
  outside: 'clients outside',
}

/** What somebody who gets data is: the role that is declared of them, or that none is. */
export function roleText({ kind, processor }: Transfer['recipient']): string {
  return processor === null ? noRole[kind] : `${processor.role}: ${processor.displayName}`
}

/** `DE (declared)`; of what is told by addresses how sure that is: `US (high confidence)`. */
export function countriesText({ countries }: Transfer['recipient'], isWhole = false): string {
  return countries
    .map(({ country, confidence }) => {
      if (confidence === null) return `${country} (declared)`
      return confidence === 'high' && !isWhole ? country : `${country} (${confidence} confidence)`
    })
    .join(', ')
}

const dayMs = 86_400_000

/** `about 320 connections a day`; less than a day of it says nothing of days. */
export function frequencyText({ flows, first, last }: Transfer): string {
  const days = (Date.parse(last) - Date.parse(first)) / dayMs
  return days < 1
    ? ''
    : `about ${Math.max(1, Math.round(flows / days)).toLocaleString('en')} connections a day`
}

export function personsOf({ persons }: Transfer): string {
  return persons === 0 ? '' : `≈ ${persons.toLocaleString('en')}`
}

/** What the address asks for, those with most that is wrong first. */
export function transfersFor(transfers: readonly Transfer[], { flag, find }: UrlState): Transfer[] {
  const text = find?.toLowerCase() ?? ''
  return transfers
    .filter(
      (transfer) =>
        (!flag || transfer.flags.some((each) => each === flag)) && textOf(transfer).includes(text),
    )
    .toSorted((a, b) => b.flags.length - a.flags.length || b.persons - a.persons || b.flows - a.flows)
}

function textOf({ sender, recipient, application, categories }: Transfer): string {
  const names = [sender.name, recipient.name, roleText(recipient), countriesText(recipient), application]
  return [...names, ...categories.map(({ category }) => category)].join(' ').toLowerCase()
}
