import type { AttackException } from '../../model/attack-exception.ts'
import type { AttackRecord } from '../../model/records.ts'
import { suggestionLimits } from './limits.ts'

/** An exception that would silence what is likely no attack, and what speaks for it. */
export interface ExceptionSuggestion {
  /** All of it but who answers for it, and until when. */
  exception: Pick<AttackException, 'name' | 'rules' | 'path' | 'parameter' | 'groups'> & {
    place: AttackRecord['place']
  }
  /** Classes of attacks that it would silence there. */
  classes: string[]
  /** Requests that it would have silenced, and how many clients sent them. */
  requests: number
  clients: number
  /** RFC 3339. */
  first: string
  last: string
  /** Of what was found, masked. */
  samples: string[]
}

/** What a record has to say. */
type Told = Pick<
  AttackRecord,
  'class' | 'count' | 'first' | 'last' | 'client' | 'place' | 'field' | 'request' | 'masked' | 'reasons'
>

interface Place {
  group: string
  place: AttackRecord['place']
  path: string | undefined
  field: string
  told: Told[]
  clients: Map<string, number>
}

/** What is the same wherever it is sent: nobody sends it by mistake. */
const neverSuggested: ReadonlySet<string> = new Set([
  'known-exploit',
  'scanner',
  'webshell',
  'executable-upload',
  'request-smuggling',
  'response-splitting',
  'sensor',
])

/**
 * Finds out which attacks that were told of are likely what an application's own users send: the same place of the same request, from
 * several clients, none of which was told of at many other places. That it is harmless only a person can say.
 */
export class ExceptionSuggestions {
  readonly #places = new Map<string, Place>()
  /** Places at which each client was told of. */
  readonly #byClient = new Map<string, Set<string>>()
  /** Records for which there was no room. */
  passedOver = 0

  /** @param group - of the workload in whose namespace it was seen */
  add(told: Told, group: string): void {
    const key = keyOf(told, group)
    this.#remember(told.client.address, key)
    if (told.reasons.some((reason) => neverSuggested.has(reason.class))) return
    const known = this.#places.get(key)
    if (known === undefined && this.#places.size >= suggestionLimits.places) {
      this.passedOver++
      return
    }
    const { place, field, client, count } = told
    const at: Place = known ?? { group, place, path: pathOf(told), field, told: [], clients: new Map() }
    at.told.push(told)
    if (at.clients.has(client.address) || at.clients.size < suggestionLimits.clientsOfPlace)
      at.clients.set(client.address, (at.clients.get(client.address) ?? 0) + count)
    this.#places.set(key, at)
  }

  /** Most seen first. */
  list(): ExceptionSuggestion[] {
    return [...this.#places.values()]
      .flatMap((place) => this.#suggest(place) ?? [])
      .toSorted((a, b) => b.requests - a.requests)
      .slice(0, suggestionLimits.suggestions)
  }

  #remember(client: string, key: string): void {
    const places = this.#byClient.get(client)
    if (places === undefined) this.#byClient.set(client, new Set([key]))
    else if (places.size < suggestionLimits.proberPlaces) places.add(key)
  }

  #isProber(client: string): boolean {
    return (this.#byClient.get(client)?.size ?? 0) >= suggestionLimits.proberPlaces
  }

  #suggest({ group, place, path, field, told, clients }: Place): ExceptionSuggestion | undefined {
    const own = told.filter(({ client }) => !this.#isProber(client.address))
    const senders = [...clients.keys()].filter((client) => !this.#isProber(client))
    const requests = own.reduce((sum, { count }) => sum + count, 0)
    if (requests < suggestionLimits.requests || senders.length < suggestionLimits.clients) return undefined
    const reasons = own.flatMap((each) => each.reasons)
    const exception = {
      name: nameOf(group, path, field, place),
      rules: distinct(reasons.map(({ rule }) => rule)).toSorted(),
      place,
      ...(path !== undefined && { path }),
      ...(field !== '' && { parameter: field }),
      groups: [group],
    }
    return {
      exception,
      classes: distinct(own.map((each) => each.class)),
      requests,
      clients: senders.length,
      first: own.map(({ first }) => first).toSorted()[0],
      last: own.map(({ last }) => last).toSorted()[own.length - 1],
      samples: distinct(own.map(({ masked }) => masked).filter((text) => text !== '')).slice(
        0,
        suggestionLimits.samples,
      ),
    }
  }
}

/** A header or cookie is sent with each request. */
function pathOf({ place, request }: Told): string | undefined {
  return place === 'header' || place === 'cookie' ? undefined : request?.path
}

function keyOf(told: Told, group: string): string {
  return JSON.stringify([group, told.place, pathOf(told), told.field.toLowerCase()])
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** Letters, digits and dashes; the same for the same. */
function nameOf(group: string, path: string | undefined, field: string, place: string): string {
  const parts = [group.replace(/^nv\./, ''), path ?? '', place, field]
  return parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 100)
}
