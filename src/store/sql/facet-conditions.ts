import type { TextQuery } from '../paging.ts'
import { carriesWord, type FacetKind, type FacetValues, transferWord } from '../search/facet.ts'
import { queryWords } from '../search/words.ts'
import type { NamespaceScope } from '../store.ts'
import type { Conditions } from './conditions.ts'
import type { SqlValue } from './database.ts'
import { column } from './values.ts'

/** What facets are asked for: each term has to hold. */
export interface FacetQuery {
  kind: FacetKind
  terms: readonly FacetTerm[]
}

/** One thing that is asked of facets. */
export interface FacetTerm {
  /** A condition on a row of `facets`. */
  holds: string
  parameters: readonly SqlValue[]
  /** For a word: the condition on rows of `facet_words` that finds its facets. Without it they are found by `holds`, which has an index. */
  word?: string
}

/** After every text that begins with another: its last character is the last there is. */
const last = '\u{10FFFF}'

export function facetQuery(
  kind: FacetKind,
  values: FacetValues,
  { search, namespaces }: TextQuery & NamespaceScope,
): FacetQuery {
  const terms: FacetTerm[] = []
  for (const [name, value] of Object.entries(values) as [string, string | boolean | undefined][]) {
    if (value === undefined) continue
    terms.push({
      holds: `${name} = ?`,
      parameters: [typeof value === 'string' ? column(value) : Number(value)],
    })
  }
  if (namespaces !== undefined) terms.push(namespaceTerm(namespaces))
  const words = search === undefined ? [] : queryWords(search)
  return { kind, terms: [...terms, ...words.map((word) => wordTerm(word, word + last))] }
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
function marked({ kind, terms }: FacetQuery, word: string): FacetQuery {
  const from = column(word)
  return { kind, terms: [wordTerm(from, `${from}\u0001`), ...terms] }
}

/** Keeps to the workloads of some namespaces. */
export function inNamespaces(conditions: Conditions, namespaces: readonly string[] | undefined): Conditions {
  if (namespaces === undefined) return conditions
  const { holds, parameters } = namespaceTerm(namespaces)
  return conditions.and(holds, ...parameters)
}

function namespaceTerm(namespaces: readonly string[]): FacetTerm {
  if (namespaces.length === 0) return { holds: '1 = 0', parameters: [] }
  const marks = namespaces.map(() => '?').join(', ')
  return {
    holds: `workload IN (SELECT workload FROM workloads WHERE namespace IN (${marks}))`,
    parameters: namespaces.map(column),
  }
}

/**
 * Whether a query of the row at hand gives one. Of an `EXISTS` PostgreSQL makes a join with all that the query would give for any row;
 * a limit has it look for the row at hand.
 */
export function someRow(query: string): string {
  return `(${query} LIMIT 1) IS NOT NULL`
}

/** Words from one on to before another. */
function wordTerm(from: string, to: string): FacetTerm {
  const word = 'word >= ? AND word < ?'
  const holds = someRow(`SELECT 1 FROM facet_words WHERE facet = facets.id AND ${word}`)
  return { holds, parameters: [from, to], word }
}
