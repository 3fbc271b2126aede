/** When something was seen first and last (ms since 1970), and in how many connections. */
export interface Evidence {
  first: number
  last: number
  flows: number
}

/** The same with one sight more. */
export function seenAgain(known: Evidence | undefined, at: number): Evidence {
  if (known === undefined) return { first: at, last: at, flows: 1 }
  return { first: Math.min(known.first, at), last: Math.max(known.last, at), flows: known.flows + 1 }
}

export function joined(all: Iterable<Evidence>): Evidence {
  const sum: Evidence = { first: Infinity, last: -Infinity, flows: 0 }
  for (const { first, last, flows } of all) {
    sum.first = Math.min(sum.first, first)
    sum.last = Math.max(sum.last, last)
    sum.flows += flows
  }
  return sum
}
