import { ByteSet } from '../expression/byte-set.ts'
import type { Node } from './syntax.ts'

/** Ways in which all groups that are referred to can be filled together; more would make the pattern too large. */
const mostFillings = 64

/** What each group stands for that a pattern refers back to, by its number. */
export type Filling = ReadonlyMap<number, Node>

/**
 * Every way to fill groups that stand for few strings, such as `([- ]?)`: with them written out, a back-reference is a text like
 * any other. Undefined where there are too many.
 */
export function fillingsOf(groups: ReadonlyMap<number, Node>): Filling[] | undefined {
  let fillings: Filling[] = [new Map()]
  for (const [index, node] of groups) {
    const strings = stringsOf(node)
    if (strings === undefined || strings.length * fillings.length > mostFillings) return undefined
    const nodes = strings.map(literal)
    fillings = fillings.flatMap((filling) => nodes.map((filled) => new Map([...filling, [index, filled]])))
  }
  return fillings
}

function literal(bytes: readonly number[]): Node {
  return { kind: 'sequence', items: bytes.map((byte) => ({ kind: 'bytes', set: ByteSet.of(byte) })) }
}

/** All that a node matches; undefined where that is too much, or depends on a place. */
function stringsOf(node: Node): number[][] | undefined {
  switch (node.kind) {
    case 'bytes':
      return bounded([...node.set].map((byte) => [byte]))
    case 'sequence':
      return joined(node.items)
    case 'choice': {
      const options = node.options.map(stringsOf)
      return options.includes(undefined) ? undefined : distinct(options.flatMap((option) => option ?? []))
    }
    case 'repeat': {
      const { item, min, max } = node
      if (max > mostFillings) return undefined
      const counts = Array.from({ length: max - min + 1 }, (_, i) => min + i)
      const repeats = counts.map((count) => joined(Array.from({ length: count }, () => item)))
      return repeats.includes(undefined) ? undefined : distinct(repeats.flatMap((repeat) => repeat ?? []))
    }
    default:
      return undefined
  }
}

function joined(items: readonly Node[]): number[][] | undefined {
  let strings: number[][] | undefined = [[]]
  for (const item of items) {
    const next = stringsOf(item)
    if (strings === undefined || next === undefined || strings.length * next.length > mostFillings)
      return undefined
    strings = strings.flatMap((string) => next.map((more) => [...string, ...more]))
  }
  return strings
}

function distinct(strings: readonly number[][]): number[][] | undefined {
  return bounded([...new Map(strings.map((string) => [string.join(), string])).values()])
}

function bounded(strings: number[][]): number[][] | undefined {
  return strings.length > mostFillings ? undefined : strings
}
