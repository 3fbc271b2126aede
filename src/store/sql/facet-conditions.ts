import type { TextQuery } from '../paging.ts'
import { carriesWord, type FacetKind, type FacetValues, transferWord } from '../search/facet.ts'
import { queryWords } from '../search/words.ts'
import type { NamespaceScope } from '../store.ts'
import { Conditions } from './conditions.ts'
import { column } from './values.ts'

/** What facets are asked for. */
export interface FacetQuery {
  kind: FacetKind
  /** On columns of the table of facets. */
  values: Conditions
  /** Each has to have a word of the facet in it. */
  words: readonly WordRange[]
}

/** Words from one on to before another. */
export interface WordRange {
  from: string
  to: string
}

/** After every text that begins with another: its last character is the last there is. */
const last = '\u{10FFFF}'

export function facetQuery(
  kind: FacetKind,
  values: FacetValues,
  { search, namespaces }: TextQuery & NamespaceScope,
): FacetQuery {
  const conditions = new Conditions()
  for (const [name, value] of Object.entries(values)) {
    conditions.with(`${name} = ?`, typeof value === 'string' ? column(value) : value)
  }
  const words = search === undefined ? [] : queryWords(search)
  return {
    kind,
    values: inNamespaces(conditions, namespaces),
    words: words.map((word) => ({ from: word, to: word + last })),
  }
}

/** Flows that carried that kind of personal data. */
export function carrying(query: FacetQuery, identifier: string | undefined): FacetQuery {
  return identifier === undefined ? query : marked(query, carriesWord(identifier))
}

/** What is part of a transfer. */
export function partOf(query: FacetQuery, transfer: string | undefined): FacetQuery {
  return transfer === undefined ? query : marked(query, transferWord(transfer))
}

/** With exactly that word. */
function marked(query: FacetQuery, word: string): FacetQuery {
  const from = column(word)
  return { ...query, words: [{ from, to: `${from}\u0001` }, ...query.words] }
}

/** Keeps to the workloads of some namespaces. */
export function inNamespaces(conditions: Conditions, namespaces: readonly string[] | undefined): Conditions {
  if (namespaces === undefined) return conditions
  if (namespaces.length === 0) return conditions.and('1 = 0')
  const marks = namespaces.map(() => '?').join(', ')
  const known = `SELECT workload FROM workloads WHERE namespace IN (${marks})`
  return conditions.and(`workload IN (${known})`, ...namespaces.map(column))
}
