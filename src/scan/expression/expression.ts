import { ByteSet } from './byte-set.ts'

/** What a pattern matches, as a tree over bytes. */
export type Expression =
  | { kind: 'bytes'; set: ByteSet }
  | { kind: 'sequence'; items: Expression[] }
  | { kind: 'choice'; options: Expression[] }
  /** `max` is Infinity for no bound. */
  | { kind: 'repeat'; item: Expression; min: number; max: number }

/** Length of the shortest match. */
export function minLength(expression: Expression): number {
  switch (expression.kind) {
    case 'bytes':
      return 1
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + minLength(item), 0)
    case 'choice':
      return Math.min(...expression.options.map(minLength))
    case 'repeat':
      return expression.min * minLength(expression.item)
  }
}

/** Number of byte positions when all repeats are written out; what an automaton is built from. */
export function positionCount(expression: Expression): number {
  switch (expression.kind) {
    case 'bytes':
      return 1
    case 'sequence':
      return expression.items.reduce((sum, item) => sum + positionCount(item), 0)
    case 'choice':
      return expression.options.reduce((sum, option) => sum + positionCount(option), 0)
    case 'repeat': {
      const copies = expression.max === Infinity ? Math.max(1, expression.min) : expression.max
      return copies * positionCount(expression.item)
    }
  }
}

/** Matches the same byte strings read from their end. */
export function reverse(expression: Expression): Expression {
  switch (expression.kind) {
    case 'bytes':
      return expression
    case 'sequence':
      return { kind: 'sequence', items: expression.items.map(reverse).toReversed() }
    case 'choice':
      return { kind: 'choice', options: expression.options.map(reverse) }
    case 'repeat':
      return { ...expression, item: reverse(expression.item) }
  }
}

/** All bytes that occur in matches. */
export function bytesOf(expression: Expression): ByteSet {
  const bytes = new ByteSet()
  addBytes(expression, bytes)
  return bytes
}

function addBytes(expression: Expression, bytes: ByteSet): void {
  if (expression.kind === 'bytes') bytes.addAll(expression.set)
  else if (expression.kind === 'repeat') addBytes(expression.item, bytes)
  else {
    const parts = expression.kind === 'sequence' ? expression.items : expression.options
    for (const part of parts) addBytes(part, bytes)
  }
}

/** Bytes that matches begin with. */
export function firstBytes(expression: Expression): ByteSet {
  switch (expression.kind) {
    case 'bytes':
      return expression.set
    case 'sequence': {
      const required = expression.items.findIndex((item) => minLength(item) > 0)
      const reachable = required < 0 ? expression.items : expression.items.slice(0, required + 1)
      return unionOf(reachable.map(firstBytes))
    }
    case 'choice':
      return unionOf(expression.options.map(firstBytes))
    case 'repeat':
      return firstBytes(expression.item)
  }
}

export function unionOf(sets: readonly ByteSet[]): ByteSet {
  const union = new ByteSet()
  for (const set of sets) union.addAll(set)
  return union
}
