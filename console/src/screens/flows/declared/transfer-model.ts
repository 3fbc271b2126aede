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

/** `DE, declared`; `US?` where it is told by addresses and not sure. */
export function countriesText({ countries }: Transfer['recipient']): string {
  return countries
    .map(({ country, from, confidence }) => {
      const doubt = confidence === 'low' ? '?' : ''
      return `${country}${doubt}${from === 'declaration' ? ' (declared)' : ''}`
    })
    .join(', ')
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
