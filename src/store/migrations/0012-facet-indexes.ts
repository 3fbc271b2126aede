/**
 * What facets are asked for that had no index of its own: how many of them there are is looked up before any of them is, so that a
 * question is begun where the fewest are.
 */
export const facetIndexes = ['type', 'side', 'encrypted'].map(
  (name) => `CREATE INDEX facets_by_${name} ON facets (kind, ${name})`,
)
