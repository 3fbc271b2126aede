import type { ByteSet } from '../expression/byte-set.ts'
import type { Expression } from '../expression/expression.ts'

interface Fragment {
  first: number[]
  last: number[]
  nullable: boolean
}

/**
 * The position automaton (Glushkov 1961) of several expressions side by side: a state is a byte position of an
 * expression that has just been read, so that it has no empty transitions and subsets of it are small.
 */
export class PositionAutomaton {
  /** Bytes of each position. */
  readonly sets: ByteSet[] = []
  /** Positions that may come after each. */
  readonly follow: number[][] = []
  /** Index of the expression that ends at each position, or -1. */
  readonly ends: number[] = []
  /** Positions that an expression may begin with. */
  readonly first: number[] = []

  /** Adds an expression; what ends in it is reported as `index`. */
  add(expression: Expression, index: number): void {
    const fragment = this.#build(expression)
    this.first.push(...fragment.first)
    for (const position of fragment.last) this.ends[position] = index
  }

  #build(expression: Expression): Fragment {
    switch (expression.kind) {
      case 'bytes':
        return this.#position(expression.set)
      case 'sequence':
        return expression.items.reduce<Fragment>(
          (before, item) => this.#concatenate(before, this.#build(item)),
          { first: [], last: [], nullable: true },
        )
      case 'choice':
        return unite(expression.options.map((option) => this.#build(option)))
      case 'repeat':
        return this.#repeat(expression.item, expression.min, expression.max)
    }
  }

  #position(set: ByteSet): Fragment {
    const position = this.sets.push(set) - 1
    this.follow.push([])
    this.ends.push(-1)
    return { first: [position], last: [position], nullable: false }
  }

  /** Writes the repeat out: copies that must be there, then a chain of optional ones or one that loops. */
  #repeat(item: Expression, min: number, max: number): Fragment {
    let fragment: Fragment = { first: [], last: [], nullable: true }
    for (let i = 0; i < min - 1; i++) fragment = this.#concatenate(fragment, this.#build(item))
    if (max === Infinity) {
      const loop = this.#build(item)
      this.#connect(loop.last, loop.first)
      return this.#concatenate(fragment, { ...loop, nullable: loop.nullable || min === 0 })
    }
    if (min > 0) fragment = this.#concatenate(fragment, this.#build(item))
    return this.#concatenate(fragment, this.#optionalChain(item, max - min))
  }

  /** (x(x(x)?)?)?: each copy can only be reached through the one before. */
  #optionalChain(item: Expression, count: number): Fragment {
    const chain: Fragment = { first: [], last: [], nullable: true }
    let before: Fragment | undefined
    for (let i = 0; i < count; i++) {
      const copy = this.#build(item)
      if (before === undefined) chain.first = copy.first
      else this.#connect(before.last, copy.first)
      chain.last.push(...copy.last)
      before = copy
    }
    return chain
  }

  #concatenate(before: Fragment, after: Fragment): Fragment {
    this.#connect(before.last, after.first)
    return {
      first: before.nullable ? [...before.first, ...after.first] : before.first,
      last: after.nullable ? [...before.last, ...after.last] : after.last,
      nullable: before.nullable && after.nullable,
    }
  }

  #connect(from: readonly number[], to: readonly number[]): void {
    for (const position of from) {
      const known = this.follow[position]
      for (const next of to) if (!known.includes(next)) known.push(next)
    }
  }
}

function unite(fragments: Fragment[]): Fragment {
  return {
    first: fragments.flatMap((fragment) => fragment.first),
    last: fragments.flatMap((fragment) => fragment.last),
    nullable: fragments.some((fragment) => fragment.nullable),
  }
}
