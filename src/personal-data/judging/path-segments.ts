import { nameWords } from '../../lib/name-words.ts'

/** Names that only hold another: what they are called says nothing, the name around them does. */
const wrappers = new Set(['value', 'val', 'item', 'items', 'entry', 'text', 'content', 'string'])

/** Segments of a path that are looked at, from the leaf up. */
const pathDepth = 4

/** Words of each segment, the leaf last; wrappers are left out. */
export function segmentsOf(path: string): string[][] {
  const segments = splitPath(path)
    .map(nameWords)
    .filter((words) => words.length > 0)
  while (segments.length > 1 && segments[segments.length - 1].every((word) => wrappers.has(word)))
    segments.pop()
  return segments.slice(-pathDepth)
}

function splitPath(path: string): string[] {
  const parts: string[] = []
  let start = 0
  for (let i = 0; i <= path.length; i++) {
    if (i < path.length && !'./[]@:$'.includes(path[i])) continue
    if (i > start) parts.push(path.slice(start, i))
    start = i + 1
  }
  return parts
}
