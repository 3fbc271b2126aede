import type { ResolutionKind, TransferFlag } from '../../model/difference-words.ts'
import type { Category } from '../../model/records.ts'
import { adequacyText } from '../countries.ts'
import type { Transfer, TransferParty } from '../map/transfer.ts'
import { stableId } from '../map/transfers-of.ts'
import type { Difference } from './difference.ts'

/** Of which GDPR forbids the processing but for named grounds (Art. 9, 10), and whose loss hurts most. */
const delicate = new Set<Category>(['health', 'genetic', 'special', 'criminal', 'children', 'credential'])

/** One thing that a flag of a transfer says; several transfers may say the same. */
interface Told {
  /** What makes it the same difference. */
  about: readonly string[]
  transfer: Transfer
  flag: TransferFlag
  categories: readonly Category[]
  country: string | null
}

/** What flags of transfers come to: each difference once. */
export function observedDifferences(transfers: readonly Transfer[], now: number): Difference[] {
  const told = transfers.flatMap((transfer) => transfer.flags.flatMap((flag) => toldBy(transfer, flag)))
  const byId = Map.groupBy(told, ({ flag, about }) => stableId(flag, ...about))
  return [...byId].map(([id, all]) => differenceOf(id, all, now))
}

function toldBy(transfer: Transfer, flag: TransferFlag): Told[] {
  const { sender, recipient, application, beyond, groundless, elsewhere } = transfer
  const categories = transfer.categories.map(({ category }) => category)
  const whom = recipient.processor?.name ?? recipient.id
  const base = { transfer, flag, categories, country: null }
  switch (flag) {
    case 'in-the-clear':
      return [{ ...base, about: [sender.id, recipient.id, application] }]
    case 'undeclared-recipient':
      return [{ ...base, about: [recipient.id] }]
    case 'beyond-declaration':
      return beyond.map((category) => ({ ...base, about: [whom, category], categories: [category] }))
    case 'third-country':
      return groundless.map((country) => ({ ...base, about: [whom, country], country }))
    case 'other-country':
      return elsewhere.map((country) => ({ ...base, about: [whom, country], country }))
  }
}

function differenceOf(id: string, all: readonly Told[], now: number): Difference {
  const [{ flag, country, transfer: one }] = all
  const transfers = all.map(({ transfer }) => transfer)
  const categories = distinct(all.flatMap((each) => each.categories))
  const isSeen = categories.length > 0
  const { recipient } = one
  return {
    ...{ id, kind: flag, categories, country },
    certainty: isSeen ? 'seen' : 'possible',
    severity: severityOf(flag, one, categories),
    text: textOf(flag, { sender: sendersText(transfers), one, categories, country, now }),
    law: laws[flag],
    senders: distinct(transfers.map(({ sender }) => sender.id)),
    recipient: { id: recipient.id, name: nameOf(recipient), processor: recipient.processor?.name ?? null },
    application: flag === 'in-the-clear' ? one.application : null,
    persons: Math.max(...transfers.map(({ persons }) => persons)),
    transfers: distinct(transfers.map((each) => each.id)),
    first: Math.min(...transfers.map(({ first }) => first)),
    last: Math.max(...transfers.map(({ last }) => last)),
    resolutions: resolutionsOf(flag, one),
  }
}

const laws: Readonly<Record<TransferFlag, string>> = {
  'in-the-clear': 'GDPR Art. 32(1)(a)',
  'undeclared-recipient': 'GDPR Art. 28(3), 30(1)(d)',
  'beyond-declaration': 'GDPR Art. 5(1)(b), 28(3)(a)',
  'third-country': 'GDPR Art. 44',
  'other-country': 'GDPR Art. 30(1)(e)',
}

function severityOf(flag: TransferFlag, { recipient, sender }: Transfer, categories: readonly Category[]) {
  if (categories.length === 0) return flag === 'third-country' ? 'medium' : 'low'
  const isOutside = recipient.kind === 'external' || recipient.kind === 'processor'
  if (flag === 'third-country' || flag === 'undeclared-recipient') return 'high'
  const isDelicate = sender.isMarked || categories.some((category) => delicate.has(category))
  return isOutside || isDelicate ? 'high' : 'medium'
}

interface TextParts {
  sender: string
  one: Transfer
  categories: readonly Category[]
  country: string | null
  now: number
}

function textOf(flag: TransferFlag, { sender, one, categories, country, now }: TextParts): string {
  const to = nameOf(one.recipient)
  const what = categories.length === 0 ? 'something encrypted' : `${categories.join(', ')} data`
  switch (flag) {
    case 'in-the-clear':
      return `${sender} sends ${what} to ${to} by ${one.application}, unencrypted`
    case 'undeclared-recipient':
      return `${sender} sends ${what} to ${to}, which nobody has declared${resemblance(one.recipient)}`
    case 'beyond-declaration':
      return `${sender} sends ${what} to ${to}, which is not declared to receive that`
    case 'third-country':
      return `${sender} sends ${what} to ${to} in ${country}: ${adequacyText(country ?? '', now)}, and no other ground is declared`
    case 'other-country':
      return `${sender} sends ${what} to ${to} at addresses in ${country}, where it is not declared to be`
  }
}

/** What a client writes into SNI or Host proves nothing; a declaration of the address does. */
function resemblance({ resembles }: TransferParty): string {
  if (resembles === null) return ''
  return `: it was asked for by a name of ${resembles.displayName}, and no DNS answer confirmed that it is`
}

function sendersText(transfers: readonly Transfer[]): string {
  const names = distinct(transfers.map(({ sender }) => nameOf(sender)))
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}

function nameOf({ kind, name, namespace, processor }: TransferParty): string {
  if (kind === 'outside') return 'clients outside'
  return processor?.displayName ?? (namespace === null ? name : `${namespace}/${name}`)
}

/** Clients outside can be neither declared nor told what to do; what comes from there can be refused. */
function resolutionsOf(flag: TransferFlag, { sender, recipient }: Transfer): ResolutionKind[] {
  const canDeclare = flag !== 'in-the-clear'
  const canForbid = sender.kind !== 'outside' && recipient.kind !== 'outside' && sender.service !== null
  return [
    ...(canDeclare ? (['declare'] as const) : []),
    ...(canForbid ? (['forbid'] as const) : []),
    'accept',
  ]
}

function distinct<Value>(values: readonly Value[]): Value[] {
  return [...new Set(values)]
}
