import { limits } from '../limits.ts'
import { ScanError } from '../scan-error.ts'
import type { Node } from './syntax.ts'

/** What a state does: reads a byte, goes on two ways, goes on under a condition, or accepts. */
export const StateKind = { bytes: 0, split: 1, condition: 2, accept: 3 } as const

/**
 * States of Thompson's construction (Regular Expression Search Algorithm, 1968). Read in lockstep, all states at once, it takes
 * time linear in what is read whatever the pattern.
 */
export interface Nfa {
  kinds: readonly number[]
  /** Where a state goes on; `others` is the second way of a split. */
  nexts: readonly number[]
  others: readonly number[]
  /** 1 for each byte that a `bytes` state reads. */
  tables: readonly (Uint8Array | undefined)[]
  /** What a `condition` state asks. */
  conditions: readonly (Condition | undefined)[]
  start: number
}

export type Condition = Extract<Node, { kind: 'assertion' | 'look' }>

/** @throws ScanError where it would have too many states. */
export function buildNfa(id: string, node: Node): Nfa {
  const builder = new NfaBuilder(id)
  const accept = builder.add(StateKind.accept, -1, -1)
  return builder.finish(builder.build(node, accept))
}

class NfaBuilder {
  readonly #id: string
  readonly #kinds: number[] = []
  readonly #nexts: number[] = []
  readonly #others: number[] = []
  readonly #tables: (Uint8Array | undefined)[] = []
  readonly #conditions: (Condition | undefined)[] = []

  constructor(id: string) {
    this.#id = id
  }

  finish(start: number): Nfa {
    return {
      ...{ kinds: this.#kinds, nexts: this.#nexts, others: this.#others },
      ...{ tables: this.#tables, conditions: this.#conditions, start },
    }
  }

  add(kind: number, next: number, other: number, table?: Uint8Array, condition?: Condition): number {
    if (this.#kinds.length >= limits.positionsPerPattern)
      throw new ScanError(
        'PATTERN_TOO_LARGE',
        `${this.#id}: the expression is too large with its repeats written out`,
        {
          nextStep: 'Lower the counts.',
        },
      )
    this.#tables.push(table)
    this.#conditions.push(condition)
    this.#nexts.push(next)
    this.#others.push(other)
    return this.#kinds.push(kind) - 1
  }

  /** The state from which `node` is read, to go on at `next`. */
  build(node: Node, next: number): number {
    switch (node.kind) {
      case 'bytes': {
        const table = new Uint8Array(256)
        node.set.forEach((byte) => (table[byte] = 1))
        return this.add(StateKind.bytes, next, -1, table)
      }
      case 'sequence':
        return node.items.reduceRight((after, item) => this.build(item, after), next)
      case 'choice':
        return node.options
          .map((option) => this.build(option, next))
          .reduceRight((other, option) => this.add(StateKind.split, option, other))
      case 'repeat':
        return this.#repeat(node, next)
      default:
        return this.add(StateKind.condition, next, -1, undefined, node)
    }
  }

  #repeat({ item, min, max }: Extract<Node, { kind: 'repeat' }>, next: number): number {
    let state = next
    if (max === Infinity) {
      state = this.add(StateKind.split, -1, next)
      this.#nexts[state] = this.build(item, state)
    } else {
      for (let i = min; i < max; i++) state = this.add(StateKind.split, this.build(item, state), next)
    }
    for (let i = 0; i < min; i++) state = this.build(item, state)
    return state
  }
}
