import type { Prefilter } from '../compile/prefilter.ts'
import { limits } from '../limits.ts'
import { approachHash } from '../compile/approach.ts'
import {
  automatonField,
  bucketField,
  bucketFieldShift,
  descriptor,
  endRecordBytes,
  extraVectors,
  startRecordBytes,
  vectorCount,
  windowTableBytes,
} from './layout.ts'
import type { Layout } from './layout.ts'
import type { Code } from './wasm/instructions.ts'
import { call, global, i32, i8x16, local, v128, ValueType } from './wasm/instructions.ts'
import type { FunctionBuilder } from './wasm/module-builder.ts'
import { ModuleBuilder } from './wasm/module-builder.ts'

const { get, tee } = local

export interface Kernel {
  /**
   * Confirms all candidates whose anchor is in `[from, to)`, reading no byte outside `[low, high)` for it, which is
   * where the content lies, or as much of it as is known. One byte before `from` and 16 after `to` must be readable
   * memory. Writes the records of `Layout.starts` and `.ends`; returns where it stopped, `to` or less when these were full.
   */
  scan(from: number, to: number, low: number, high: number): number
}

/** Emits the kernel of a set whose tables lie at `base`, and instantiates it. */
export function createKernel(
  memory: WebAssembly.Memory,
  base: number,
  layout: Layout,
  prefilter: Prefilter,
): Kernel {
  const module = new WebAssembly.Module(kernelBytes(base, layout, prefilter))
  const instance = new WebAssembly.Instance(module, { env: { memory } })
  return instance.exports as unknown as Kernel
}

/** Globals of the kernel. */
interface Shared {
  base: number
  layout: Layout
  /** Bounds of the content. */
  low: number
  high: number
  /** Ends of what was written. */
  starts: number
  ends: number
}

function kernelBytes(base: number, layout: Layout, prefilter: Prefilter): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder()
  const shared: Shared = {
    ...{ base, layout },
    ...{ low: module.global(), high: module.global(), starts: module.global(), ends: module.global() },
  }
  const { i32: int } = ValueType
  const backward = module.function({ parameters: [int, int], results: [] }, (f) => emitBackward(f, shared))
  const forward = module.function({ parameters: [int, int], results: [] }, (f) => emitForward(f, shared))
  const confirm = module.function({ parameters: [int, int], results: [] }, (f) =>
    emitConfirm(f, shared, { backward, forward }),
  )
  const candidate = module.function({ parameters: [int, int], results: [] }, (f) =>
    emitCandidate(f, shared, confirm),
  )
  module.function({ parameters: [int, int, int, int], results: [int], exportName: 'scan' }, (f) =>
    emitScan(f, shared, { candidate, prefilter }),
  )
  return module.bytes()
}

/** scan(from, to, low, high): the prefilter, 16 bytes at a time. */
function emitScan(
  f: FunctionBuilder,
  shared: Shared,
  set: { candidate: number; prefilter: Prefilter },
): void {
  const { base, layout } = shared
  const { prefilter, candidate } = set
  const [from, to, low, high] = [0, 1, 2, 3]
  const at = f.local(ValueType.i32)
  const lanes = f.local(ValueType.i32)
  const lane = f.local(ValueType.i32)
  const anchor = f.local(ValueType.i32)
  const buckets = f.local(ValueType.i32)
  const block = new BlockFilter(f, shared, prefilter)
  const window = new WindowFilter(f, shared, prefilter)
  /** The last byte of an anchor's window is the one of its lane: see BlockFilter. */
  const lag = prefilter.vectorPositions - 2
  const finish = (result: Code): void => {
    f.do(i32.store(i32.const(base + layout.written), global.get(shared.starts)))
    f.do(i32.store(i32.const(base + layout.written), global.get(shared.ends), 4))
    f.return(result)
  }
  f.setGlobal(shared.low, get(low))
  f.setGlobal(shared.high, get(high))
  f.setGlobal(shared.starts, i32.const(base + layout.starts))
  f.setGlobal(shared.ends, i32.const(base + layout.ends))
  f.set(at, i32.sub(get(from), i32.const(1)))
  f.loop((nextBlock) => {
    const candidates = block.emit(get(at))
    f.if(v128.anyTrue(candidates), () => {
      f.set(lanes, i8x16.bitmask(i8x16.ne(candidates, i8x16.splat(0))))
      f.loop((nextLane) => {
        f.set(lane, i32.ctz(get(lanes)))
        f.set(anchor, i32.sub(i32.add(get(at), get(lane)), i32.const(lag)))
        f.if(i32.ge(get(anchor), get(to)), () => finish(get(to)))
        f.set(buckets, window.emit(get(anchor)))
        f.if(get(buckets), () => {
          const isFull = i32.or(
            i32.gt(global.get(shared.starts), i32.const(base + layout.startsLimit)),
            i32.gt(global.get(shared.ends), i32.const(base + layout.endsLimit)),
          )
          f.if(isFull, () => finish(get(anchor)))
          f.do(call(candidate, get(anchor), get(buckets)))
        })
        f.brIf(nextLane, tee(lanes, i32.and(get(lanes), i32.sub(get(lanes), i32.const(1)))))
      })
    })
    f.brIf(nextBlock, i32.lt(tee(at, i32.add(get(at), i32.const(16))), i32.add(get(to), i32.const(lag))))
  })
  finish(get(to))
  f.do(unreachable)
}

const unreachable: Code = [0x00]

/**
 * Buckets that can begin at each byte of a block. Tables are applied to the block once for each position of the window,
 * and the results shifted so that all positions of one window meet in the lane of its last byte; what a window has in
 * the block before is carried in vectors. Tables are held in locals that are loaded from memory: V8 would build constants
 * anew in each round, at a third of the speed.
 */
class BlockFilter {
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
class WindowFilter {
  readonly #f: FunctionBuilder
  readonly #shared: Shared
  readonly #bytes: number[]

  constructor(f: FunctionBuilder, shared: Shared, prefilter: Prefilter) {
    this.#f = f
    this.#shared = shared
    this.#bytes = Array.from({ length: prefilter.positions }, () => f.local(ValueType.i32))
  }

  /** The buckets whose windows the anchor has, a bit each. */
  emit(anchor: Code): Code {
    const { base, layout } = this.#shared
    for (const [position, byte] of this.#bytes.entries()) {
      this.#f.set(byte, i32.load8(i32.sub(anchor, i32.const(1)), position))
    }
    return this.#bytes
      .map((byte, position) =>
        i32.load(i32.shl(get(byte), i32.const(2)), base + layout.windows + position * windowTableBytes),
      )
      .reduce((a, b) => i32.and(a, b))
  }
}

/**
 * candidate(anchor, buckets): runs the groups of every bucket whose bit is set. Of those that are read backwards none is asked
 * where what stands before the anchor can be no beginning of any.
 */
function emitCandidate(f: FunctionBuilder, shared: Shared, confirm: number): void {
  const { base, layout } = shared
  const [anchor, buckets] = [0, 1]
  const bucket = f.local(ValueType.i32)
  const group = f.local(ValueType.i32)
  const before = f.local(ValueType.i32)
  f.set(before, emitApproach(get(anchor)))
  f.loop((nextBucket) => {
    const index = i32.shl(i32.ctz(get(buckets)), i32.const(bucketFieldShift))
    f.set(bucket, i32.add(index, i32.const(base + layout.buckets)))
    f.set(group, i32.load(get(bucket), bucketField.first))
    const confirmGroup = (): void => {
      f.do(call(confirm, get(anchor), get(group)))
    }
    emitGroups(f, group, i32.load(get(bucket), bucketField.approached), confirmGroup)
    f.if(i32.lt(get(group), i32.load(get(bucket), bucketField.end)), () => {
      f.if(bitOf(i32.load(get(bucket), bucketField.approach), before), () => {
        emitGroups(f, group, i32.load(get(bucket), bucketField.end), () => {
          f.if(bitOf(i32.load(get(group), descriptor.approach), before), confirmGroup)
        })
      })
    })
    f.brIf(nextBucket, tee(buckets, i32.and(get(buckets), i32.sub(get(buckets), i32.const(1)))))
  })
}

/** Does `body` for each group from the one that the local `group` points to, up to `end`. */
function emitGroups(f: FunctionBuilder, group: number, end: Code, body: () => void): void {
  f.block((isDone) => {
    f.loop((nextGroup) => {
      f.brIf(isDone, i32.ge(get(group), end))
      body()
      f.set(group, i32.add(get(group), i32.const(descriptor.sizeBytes)))
      f.br(nextGroup)
    })
  })
}

/** The bit of a bitmap whose index is in a local, as 0 or 1. */
function bitOf(bitmap: Code, index: number): Code {
  const bits = i32.load8(i32.add(bitmap, i32.shr(get(index), i32.const(3))))
  return i32.and(i32.shr(bits, i32.and(get(index), i32.const(7))), i32.const(1))
}

/** The index of what stands before an anchor in the bitmaps of `approach.ts`. */
function emitApproach(anchor: Code): Code {
  const digit = i32.sub(i32.load8(i32.sub(anchor, i32.const(1))), i32.const(0x30))
  const skipped = i32.lt(digit, i32.const(10))
  const bytes = i32.load(i32.sub(i32.sub(anchor, i32.const(4)), skipped))
  const low = i32.and(bytes, i32.const(approachHash.mask))
  return i32.shr(i32.mul(low, i32.const(approachHash.factor)), i32.const(32 - approachHash.bits))
}

/** confirm(anchor, group): writes the starts and ends of the group's matches at the anchor. */
function emitConfirm(
  f: FunctionBuilder,
  shared: Shared,
  functions: { backward: number; forward: number },
): void {
  const { base, layout } = shared
  const [anchor, group] = [0, 1]
  const starts = f.local(ValueType.i32)
  const ends = f.local(ValueType.i32)
  f.set(starts, global.get(shared.starts))
  f.set(ends, global.get(shared.ends))
  const hasPrefix = i32.load(get(group), descriptor.backward + automatonField.next)
  f.block((startsKnown) => {
    f.if(hasPrefix, () => {
      f.if(i32.eqz(emitFirstStep(get(anchor), get(group))), () => f.return())
      f.do(call(functions.backward, get(anchor), get(group)))
      f.br(startsKnown)
    })
    f.if(i32.gt(get(anchor), global.get(shared.low)), () => {
      const before = i32.load8(i32.load8(i32.sub(get(anchor), i32.const(1))), base + layout.wordTable)
      f.if(i32.and(before, i32.load(get(group), descriptor.word)), () => f.return())
    })
    f.do(writeStart(shared, get(anchor), i32.shl(i32.load(get(group), descriptor.index), i32.const(16))))
    f.setGlobal(shared.starts, i32.add(global.get(shared.starts), i32.const(startRecordBytes)))
  })
  f.if(i32.eq(get(starts), global.get(shared.starts)), () => f.return())
  f.do(call(functions.forward, get(anchor), get(group)))
  f.if(i32.eq(get(ends), global.get(shared.ends)), () => {
    f.setGlobal(shared.starts, get(starts))
    f.return()
  })
  f.loop((nextStart) => {
    f.do(i32.store(get(starts), get(ends), 8))
    f.do(i32.store(get(starts), global.get(shared.ends), 12))
    const following = tee(starts, i32.add(get(starts), i32.const(startRecordBytes)))
    f.brIf(nextStart, i32.lt(following, global.get(shared.starts)))
  })
}

/** The state that the forward automaton of a group is in after the byte at the anchor; 0 where it goes no further. */
function emitFirstStep(anchor: Code, group: Code): Code {
  const field = (name: keyof typeof automatonField): Code =>
    i32.load(group, descriptor.forward + automatonField[name])
  const byteClass = i32.load8(i32.add(field('classes'), i32.load8(anchor)))
  const entry = i32.shl(i32.add(field('start'), byteClass), i32.const(1))
  return i32.load16(i32.add(field('next'), entry))
}

function writeStart(shared: Shared, start: Code, groupAndState: Code): Code {
  const record = global.get(shared.starts)
  return [...i32.store(record, start), ...i32.store(record, groupAndState, 4)]
}

/** backward(anchor, group): runs the backward automaton from the byte before the anchor and writes a record a start. */
function emitBackward(f: FunctionBuilder, shared: Shared): void {
  const { base, layout } = shared
  const [anchor, group] = [0, 1]
  const at = f.local(ValueType.i32)
  const stop = f.local(ValueType.i32)
  const run = new AutomatonRun(f, get(group), descriptor.backward)
  f.set(at, get(anchor))
  f.set(stop, i32.sub(get(anchor), i32.const(limits.lookbehindBytes)))
  f.if(i32.lt(get(stop), global.get(shared.low)), () => f.set(stop, global.get(shared.low)))
  f.loop((nextByte) => {
    f.if(i32.le(get(at), get(stop)), () => f.return())
    f.set(at, i32.sub(get(at), i32.const(1)))
    run.emitStep(get(at))
    f.brIf(nextByte, run.isOrdinary())
    f.if(run.isDead(), () => f.return())
    f.if(i32.and(i32.gt(get(at), global.get(shared.low)), i32.load(get(group), descriptor.word)), () => {
      const before = i32.load8(i32.sub(get(at), i32.const(1)))
      f.brIf(nextByte, i32.load8(before, base + layout.wordTable))
    })
    const index = i32.shl(i32.load(get(group), descriptor.index), i32.const(16))
    f.do(writeStart(shared, get(at), i32.or(index, run.state())))
    f.setGlobal(shared.starts, i32.add(global.get(shared.starts), i32.const(startRecordBytes)))
    f.br(nextByte)
  })
}

/** forward(anchor, group): runs the forward automaton from the anchor and writes a record an end. */
function emitForward(f: FunctionBuilder, shared: Shared): void {
  const { base, layout } = shared
  const [anchor, group] = [0, 1]
  const at = f.local(ValueType.i32)
  const stop = f.local(ValueType.i32)
  const first = f.local(ValueType.i32)
  const run = new AutomatonRun(f, get(group), descriptor.forward)
  f.set(first, global.get(shared.ends))
  f.set(at, get(anchor))
  f.set(stop, i32.add(get(anchor), i32.const(limits.lookaheadBytes)))
  f.if(i32.gt(get(stop), global.get(shared.high)), () => f.set(stop, global.get(shared.high)))
  f.loop((nextByte) => {
    f.if(i32.ge(get(at), get(stop)), () => f.return())
    run.emitStep(get(at))
    f.set(at, i32.add(get(at), i32.const(1)))
    f.brIf(nextByte, run.isOrdinary())
    f.if(run.isDead(), () => f.return())
    f.if(i32.and(i32.lt(get(at), global.get(shared.high)), i32.load(get(group), descriptor.word)), () => {
      f.brIf(nextByte, i32.load8(i32.load8(get(at)), base + layout.wordTable))
    })
    f.if(
      i32.and(i32.ne(global.get(shared.ends), get(first)), i32.load(get(group), descriptor.onlyLongest)),
      () => f.setGlobal(shared.ends, get(first)),
    )
    f.do(i32.store(global.get(shared.ends), get(at)))
    f.do(i32.store(global.get(shared.ends), run.state(), 4))
    f.setGlobal(shared.ends, i32.add(global.get(shared.ends), i32.const(endRecordBytes)))
    f.br(nextByte)
  })
}

/** Steps of a table automaton, its tables' addresses in locals. */
class AutomatonRun {
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
