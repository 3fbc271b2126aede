import type { Category } from '../../model/records.ts'
import type { Transfer, TransferParty } from '../map/transfer.ts'
import { distinct } from './document.ts'

/** What a service does with personal data: the nearest that can be seen to a processing activity. */
export interface Activity {
  /** `clinic/api`. */
  id: string
  purpose: string | null
  owner: string | null
  categories: Category[]
  /** Transfers that it receives and sends. */
  incoming: Transfer[]
  outgoing: Transfer[]
}

/** One for each service that personal data was seen at, or that is labelled so; by name. */
export function activitiesOf(transfers: readonly Transfer[]): Activity[] {
  const all = new Map<string, Activity>()
  for (const transfer of withData(transfers)) {
    const { sender, recipient } = transfer
    if (sender.service !== null) activityOf(all, sender, transfer).outgoing.push(transfer)
    if (recipient.service !== null) activityOf(all, recipient, transfer).incoming.push(transfer)
  }
  return [...all.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** What carries personal data, or may: encrypted, to somebody outside, from who was seen with some or is labelled so. */
function withData(transfers: readonly Transfer[]): Transfer[] {
  const has = ({ contents, sender, recipient }: Transfer) =>
    contents === 'seen' || sender.isMarked || recipient.isMarked
  const handling = new Set(
    transfers.filter(has).flatMap(({ sender, recipient }) => [sender.id, recipient.id]),
  )
  const leaves = ({ recipient: { kind } }: Transfer) => kind === 'external' || kind === 'processor'
  return transfers.filter((each) => has(each) || (leaves(each) && handling.has(each.sender.id)))
}

function activityOf(all: Map<string, Activity>, party: TransferParty, { categories }: Transfer): Activity {
  const known = all.get(party.id)
  const made = known ?? {
    id: party.id,
    purpose: null,
    owner: null,
    categories: [],
    incoming: [],
    outgoing: [],
  }
  made.purpose ??= party.purpose
  made.owner ??= party.owner
  made.categories = distinct([...made.categories, ...categories.map(({ category }) => category)])
  all.set(party.id, made)
  return made
}

/** `ACME Laboratories (processor)`, `clinic/database (database or the like)`. */
export function partyLabel({ kind, name, namespace, processor }: TransferParty): string {
  if (kind === 'outside') return 'clients outside'
  if (processor !== null) return `${processor.displayName} (${processor.role})`
  const said = namespace === null ? name : `${namespace}/${name}`
  return kind === 'store' ? `${said} (data store)` : kind === 'external' ? `${said} (not declared)` : said
}

/** `TLSv1.3`, `in the clear`. */
export function protectionText({ encrypted, tlsVersions }: Transfer): string {
  if (!encrypted) return 'in the clear'
  return tlsVersions.length === 0 ? 'encrypted' : tlsVersions.join(', ')
}

/** How often, for people: `3,200 a day since 2026-11-01`. */
export function frequencyText({ flows, first, last }: Transfer): string {
  const days = (last - first) / 86_400_000
  const many = days < 1 ? flows : Math.max(1, Math.round(flows / days))
  const often = `${many} ${many === 1 ? 'connection' : 'connections'}${days < 1 ? '' : ' a day'}`
  return `${often} since ${new Date(first).toISOString().slice(0, 10)}`
}
