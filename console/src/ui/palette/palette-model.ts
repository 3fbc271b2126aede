/** Something that one can go to or do. */
export interface Entry {
  /** What it is found by, and called. */
  name: string
  /** What it is: `screen`, `workload`, `group`, `action`. */
  kind: string
  run: () => void
}

/** More cannot be looked through: one types on. */
export const shownEntries = 50

/**
 * Entries in which every word stands, in any order. Those that begin with what was typed come first, then those in which a
 * word begins with it; equals stay in their order.
 */
export function findEntries(entries: readonly Entry[], typed: string): Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const ranked = entries.flatMap((entry) => {
    const text = `${entry.name} ${entry.kind}`.toLowerCase()
    return words.every((word) => text.includes(word)) ? [{ entry, rank: rankOf(text, words[0] ?? '') }] : []
  })
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ entry }) => entry)
}

function rankOf(text: string, first: string): number {
  if (text.startsWith(first)) return 0
  return text.split(/[\s.:/-]+/).some((word) => word.startsWith(first)) ? 1 : 2
}
