import { automatonField } from './layout.ts'
import type { Code } from './wasm/instructions.ts'
import { i32, local, ValueType } from './wasm/instructions.ts'
import type { FunctionBuilder } from './wasm/module-builder.ts'

const { get } = local

/** Steps of a table automaton, its tables' addresses in locals. */
export class AutomatonRun {
  readonly #f: FunctionBuilder
  readonly #classes: number
  readonly #next: number
  readonly #lastAccepting: number
  readonly #state: number

  constructor(f: FunctionBuilder, group: Code, automaton: number) {
    this.#f = f
    const field = (offset: number): number => {
      const index = f.local(ValueType.i32)
      f.set(index, i32.load(group, automaton + offset))
      return index
    }
    this.#classes = field(automatonField.classes)
    this.#next = field(automatonField.next)
    this.#lastAccepting = field(automatonField.lastAccepting)
    this.#state = field(automatonField.start)
  }

  emitStep(address: Code): void {
    const byteClass = i32.load8(i32.add(get(this.#classes), i32.load8(address)))
    const entry = i32.shl(i32.add(get(this.#state), byteClass), i32.const(1))
    this.#f.set(this.#state, i32.load16(i32.add(get(this.#next), entry)))
  }

  /** Neither dead nor accepting. */
  isOrdinary(): Code {
    return i32.gt(get(this.#state), get(this.#lastAccepting))
  }

  isDead(): Code {
    return i32.eqz(get(this.#state))
  }

  state(): Code {
    return get(this.#state)
  }
}
