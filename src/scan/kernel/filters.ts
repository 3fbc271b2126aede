import type { Prefilter } from '../compile/prefilter.ts'
import { candidateRecord, extraVectors, vectorCount, windowTableBytes } from './layout.ts'
import type { Shared } from './shared.ts'
import type { Code } from './wasm/instructions.ts'
import { i32, i64, i8x16, local, v128, ValueType } from './wasm/instructions.ts'
import type { FunctionBuilder } from './wasm/module-builder.ts'

const { get, tee } = local

/**
 * Buckets that can begin at each byte of a block. Tables are applied to the block once for each position of the window,
 * and the results shifted so that all positions of one window meet in the lane of its last byte; what a window has in
 * the block before is carried in vectors. Tables are held in locals that are loaded from memory: V8 would build constants
 * anew in each round, at a third of the speed.
 */
export class BlockFilter {
  readonly #f: FunctionBuilder
  readonly #prefilter: Prefilter
  readonly #tables: number[]
  readonly #extra: number
  readonly #carried: number[][]
  readonly #results: number[]
  readonly #low: number
  readonly #high: number
  readonly #word: number

  constructor(f: FunctionBuilder, shared: Shared, prefilter: Prefilter) {
    this.#f = f
    this.#prefilter = prefilter
    const vectorLocal = (): number => f.local(ValueType.v128)
    const carried = Array.from({ length: prefilter.vectorPositions - 1 })
    this.#tables = Array.from({ length: vectorCount(prefilter) }, vectorLocal)
    this.#extra = prefilter.sets.length * prefilter.vectorPositions * 2
    this.#carried = prefilter.sets.map(() => carried.map(vectorLocal))
    this.#results = prefilter.sets.map(vectorLocal)
    this.#low = vectorLocal()
    this.#high = vectorLocal()
    this.#word = vectorLocal()
    for (const [i, table] of this.#tables.entries()) {
      f.set(table, v128.load(i32.const(shared.base + shared.layout.vectors), i * 16))
    }
  }

  /** Filters the block at an address. The expression that it returns has a bit set in each lane with a candidate. */
  emit(address: Code): Code {
    const f = this.#f
    const word = f.local(ValueType.v128)
    f.set(word, v128.load(address))
    f.set(this.#low, v128.and(get(word), this.#constant(extraVectors.nibble)))
    f.set(this.#high, i8x16.shiftRight(get(word), 4))
    const bits = v128.and(
      i8x16.lookup(this.#constant(extraVectors.wordLow), get(this.#low)),
      i8x16.lookup(this.#constant(extraVectors.wordHigh), get(this.#high)),
    )
    f.set(this.#word, i8x16.ne(bits, i8x16.splat(0)))
    for (const [set, result] of this.#results.entries()) this.#emitSet(set, result)
    return this.#results.map(get).reduce((a, b) => v128.or(a, b))
  }

  #emitSet(set: number, result: number): void {
    const f = this.#f
    const last = this.#prefilter.vectorPositions - 1
    f.set(result, this.#lookup(set, last))
    for (let position = last - 1; position >= 0; position--) {
      const carried = this.#carried[set][position]
      const current = f.local(ValueType.v128)
      const found = this.#lookup(set, position)
      const wordBuckets = this.#constant(extraVectors.wordBuckets + set)
      f.set(current, position > 0 ? found : v128.andNot(found, v128.and(get(this.#word), wordBuckets)))
      const shifted = i8x16.window(get(carried), get(current), 16 - (last - position))
      f.set(result, v128.and(get(result), shifted))
      f.set(carried, get(current))
    }
  }

  #lookup(set: number, position: number): Code {
    const table = (set * this.#prefilter.vectorPositions + position) * 2
    return v128.and(
      i8x16.lookup(get(this.#tables[table]), get(this.#low)),
      i8x16.lookup(get(this.#tables[table + 1]), get(this.#high)),
    )
  }

  #constant(vector: number): Code {
    return get(this.#tables[this.#extra + vector])
  }
}

/**
 * Looks at a candidate's window byte by byte. The vectors tell classes of bytes by their halves, which lets in other bytes
 * too: of the candidates that they find in ordinary text, most go no further than this.
 */
export class WindowFilter {
  readonly #f: FunctionBuilder
  readonly #shared: Shared
  readonly #bytes: number[]
  readonly #anchor: number
  readonly #slots: number

  constructor(f: FunctionBuilder, shared: Shared, prefilter: Prefilter) {
    this.#f = f
    this.#shared = shared
    this.#anchor = f.local(ValueType.i32)
    this.#slots = f.local(ValueType.i64)
    this.#bytes = Array.from({ length: prefilter.positions }, () => f.local(ValueType.i32))
  }

  /** Writes a record of the anchor and its slots where the local `collected` points to, and moves that on if there are any. */
  emitCollect(collected: number, anchor: Code): void {
    const f = this.#f
    const { base, layout } = this.#shared
    f.set(this.#anchor, anchor)
    for (const [position, byte] of this.#bytes.entries()) {
      f.set(byte, i32.load8(i32.sub(get(this.#anchor), i32.const(1)), position))
    }
    const slots = this.#bytes
      .map((byte, position) =>
        i64.load(i32.shl(get(byte), i32.const(3)), base + layout.windows + position * windowTableBytes),
      )
      .reduce((a, b) => i64.and(a, b))
    f.do(i32.store(get(collected), get(this.#anchor)))
    f.do(i64.store(get(collected), tee(this.#slots, slots), candidateRecord.slots))
    const size = i32.shl(i64.ne(get(this.#slots), i64.const(0)), i32.const(candidateRecord.shift))
    f.set(collected, i32.add(get(collected), size))
  }
}
