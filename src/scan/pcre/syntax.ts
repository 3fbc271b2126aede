import type { ByteSet } from '../expression/byte-set.ts'

/** Places between two bytes, or before the first or behind the last. */
export type Assertion =
  | 'content-start'
  | 'content-end'
  /** Or before a line feed that is the last byte. */
  | 'last-line-end'
  | 'line-start'
  | 'line-end'
  | 'word-boundary'
  | 'no-word-boundary'

/** What a pattern in Perl's syntax matches: an expression of the scanner, and conditions on places in it. */
export type Node =
  | { kind: 'bytes'; set: ByteSet }
  | { kind: 'sequence'; items: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'repeat'; item: Node; min: number; max: number }
  | { kind: 'assertion'; is: Assertion }
  | { kind: 'look'; isBehind: boolean; isNegated: boolean; item: Node }

export const empty: Node = { kind: 'sequence', items: [] }

/** Whether it has conditions, so that a match of its bytes alone is not enough. */
export function hasConditions(node: Node): boolean {
  switch (node.kind) {
    case 'bytes':
      return false
    case 'sequence':
      return node.items.some(hasConditions)
    case 'choice':
      return node.options.some(hasConditions)
    case 'repeat':
      return hasConditions(node.item)
    default:
      return true
  }
}

/** Matches the same, read from its end. */
export function reversed(node: Node): Node {
  switch (node.kind) {
    case 'sequence':
      return { kind: 'sequence', items: node.items.map(reversed).toReversed() }
    case 'choice':
      return { kind: 'choice', options: node.options.map(reversed) }
    case 'repeat':
      return { ...node, item: reversed(node.item) }
    default:
      return node // conditions are about a place, from whichever side it is reached
  }
}
