import type { Prefilter } from '../compile/prefilter.ts'
import { limits } from '../limits.ts'
import { approachHash } from '../compile/approach.ts'
import {
  automatonField,
  candidateRecord,
  descriptor,
  endRecordBytes,
  slotField,
  slotFieldShift,
  startRecordBytes,
} from './layout.ts'
import type { Layout } from './layout.ts'
import { AutomatonRun } from './automaton-run.ts'
import { BlockFilter, WindowFilter } from './filters.ts'
import type { Shared } from './shared.ts'
import type { Code } from './wasm/instructions.ts'
import { call, global, i32, i64, i8x16, local, ValueType } from './wasm/instructions.ts'
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

function kernelBytes(base: number, layout: Layout, prefilter: Prefilter): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder()
  const shared: Shared = {
    ...{ base, layout },
    ...{ low: module.global(), high: module.global(), starts: module.global(), ends: module.global() },
  }
  const { i32: int, i64: long } = ValueType
  const backward = module.function({ parameters: [int, int], results: [] }, (f) => emitBackward(f, shared))
  const forward = module.function({ parameters: [int, int], results: [] }, (f) => emitForward(f, shared))
  const confirm = module.function({ parameters: [int, int], results: [] }, (f) =>
    emitConfirm(f, shared, { backward, forward }),
  )
  const candidate = module.function({ parameters: [int, long], results: [] }, (f) =>
    emitCandidate(f, shared, confirm),
  )
  module.function({ parameters: [int, int, int, int], results: [int], exportName: 'scan' }, (f) =>
    emitScan(f, shared, { candidate, prefilter }),
  )
  return module.bytes()
}

/**
 * scan(from, to, low, high): the prefilter, 16 bytes at a time. Candidates are collected first, each written down and kept if it has
 * a slot: what the processor cannot foretell is then one branch a stretch rather than one a candidate.
 */
function emitScan(
  f: FunctionBuilder,
  shared: Shared,
  set: { candidate: number; prefilter: Prefilter },
): void {
  const { base, layout } = shared
  const { prefilter, candidate } = set
  const [from, to, low, high] = [0, 1, 2, 3]
  const at = f.local(ValueType.i32)
  const end = f.local(ValueType.i32)
  const collected = f.local(ValueType.i32)
  const block = new BlockFilter(f, shared, prefilter)
  const window = new WindowFilter(f, shared, prefilter)
  /** The last byte of an anchor's window is the one of its lane: see BlockFilter. */
  const lag = prefilter.vectorPositions - 2
  const noCandidate = i32.const(base + layout.candidates)
  f.setGlobal(shared.low, get(low))
  f.setGlobal(shared.high, get(high))
  f.setGlobal(shared.starts, i32.const(base + layout.starts))
  f.setGlobal(shared.ends, i32.const(base + layout.ends))
  f.set(at, i32.sub(get(from), i32.const(1)))
  f.set(end, i32.add(get(to), i32.const(lag)))
  f.set(collected, noCandidate)
  f.loop((nextStretch) => {
    emitStretch(f, block, { at, end }, (lane) => window.emitCollect(collected, i32.sub(lane, i32.const(lag))))
    const isEnough = i32.ge(get(collected), i32.const(base + layout.candidatesLimit))
    f.if(i32.or(isEnough, i32.ge(get(at), get(end))), () => {
      emitCandidates(f, shared, { to, collected, candidate })
      f.set(collected, noCandidate)
    })
    f.brIf(nextStretch, i32.lt(get(at), get(end)))
  })
  emitFinish(f, shared, get(to))
  f.do(unreachable)
}

/** Filters up to four blocks from the local `at` on, which is moved on, and does `collect` for each lane with a candidate. */
function emitStretch(
  f: FunctionBuilder,
  block: BlockFilter,
  { at, end }: { at: number; end: number },
  collect: (lane: Code) => void,
): void {
  const start = f.local(ValueType.i32)
  const length = f.local(ValueType.i32)
  const lanes = f.local(ValueType.i64)
  f.set(start, get(at))
  f.set(lanes, i64.const(0))
  f.loop((nextBlock) => {
    f.set(length, i32.sub(get(at), get(start)))
    const found = i64.fromI32(i8x16.bitmask(i8x16.ne(block.emit(get(at)), i8x16.splat(0))))
    f.set(lanes, i64.or(get(lanes), i64.shl(found, i64.fromI32(get(length)))))
    f.set(at, i32.add(get(at), i32.const(16)))
    f.brIf(nextBlock, i32.and(i32.lt(get(length), i32.const(48)), i32.lt(get(at), get(end))))
  })
  f.if(i64.ne(get(lanes), i64.const(0)), () => {
    f.loop((nextLane) => {
      collect(i32.add(get(start), i64.toI32(i64.ctz(get(lanes)))))
      f.set(lanes, i64.and(get(lanes), i64.sub(get(lanes), i64.const(1))))
      f.brIf(nextLane, i64.ne(get(lanes), i64.const(0)))
    })
  })
}

/** Goes through the candidates that were collected, in order, and ends the scan where they or the room for what they give end. */
function emitCandidates(
  f: FunctionBuilder,
  shared: Shared,
  { to, collected, candidate }: { to: number; collected: number; candidate: number },
): void {
  const { base, layout } = shared
  const record = f.local(ValueType.i32)
  const anchor = f.local(ValueType.i32)
  f.set(record, i32.const(base + layout.candidates))
  f.block((isDone) => {
    f.loop((nextCandidate) => {
      f.brIf(isDone, i32.ge(get(record), get(collected)))
      f.set(anchor, i32.load(get(record)))
      f.if(i32.ge(get(anchor), get(to)), () => emitFinish(f, shared, get(to)))
      const isFull = i32.or(
        i32.gt(global.get(shared.starts), i32.const(base + layout.startsLimit)),
        i32.gt(global.get(shared.ends), i32.const(base + layout.endsLimit)),
      )
      f.if(isFull, () => emitFinish(f, shared, get(anchor)))
      f.do(call(candidate, get(anchor), i64.load(get(record), candidateRecord.slots)))
      f.set(record, i32.add(get(record), i32.const(candidateRecord.sizeBytes)))
      f.br(nextCandidate)
    })
  })
}

/** Returns from `scan`. */
function emitFinish(f: FunctionBuilder, { base, layout, starts, ends }: Shared, result: Code): void {
  f.do(i32.store(i32.const(base + layout.written), global.get(starts)))
  f.do(i32.store(i32.const(base + layout.written), global.get(ends), 4))
  f.return(result)
}

const unreachable: Code = [0x00]

/**
 * candidate(anchor, slots): runs the groups of every slot whose bit is set. Of those that are read backwards none is asked
 * where what stands before the anchor can be no beginning of any.
 */
function emitCandidate(f: FunctionBuilder, shared: Shared, confirm: number): void {
  const { base, layout } = shared
  const [anchor, slots] = [0, 1]
  const slot = f.local(ValueType.i32)
  const group = f.local(ValueType.i32)
  const before = f.local(ValueType.i32)
  f.set(before, emitApproach(get(anchor)))
  f.loop((nextSlot) => {
    const index = i32.shl(i64.toI32(i64.ctz(get(slots))), i32.const(slotFieldShift))
    f.set(slot, i32.add(index, i32.const(base + layout.slots)))
    f.set(group, i32.load(get(slot), slotField.first))
    const confirmGroup = (): void => {
      f.do(call(confirm, get(anchor), get(group)))
    }
    emitGroups(f, group, i32.load(get(slot), slotField.approached), confirmGroup)
    f.if(i32.lt(get(group), i32.load(get(slot), slotField.end)), () => {
      f.if(bitOf(i32.load(get(slot), slotField.approach), before), () => {
        emitGroups(f, group, i32.load(get(slot), slotField.end), () => {
          f.if(bitOf(i32.load(get(group), descriptor.approach), before), confirmGroup)
        })
      })
    })
    f.set(slots, i64.and(get(slots), i64.sub(get(slots), i64.const(1))))
    f.brIf(nextSlot, i64.ne(get(slots), i64.const(0)))
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

/** forward(anchor, group): runs the forward automaton from the anchor and writes a record an end, or of the last end alone. */
function emitForward(f: FunctionBuilder, shared: Shared): void {
  const { base, layout } = shared
  const [anchor, group] = [0, 1]
  const at = f.local(ValueType.i32)
  const stop = f.local(ValueType.i32)
  const word = f.local(ValueType.i32)
  const onlyLongest = f.local(ValueType.i32)
  const longest = f.local(ValueType.i32)
  const longestState = f.local(ValueType.i32)
  const run = new AutomatonRun(f, get(group), descriptor.forward)
  f.set(word, i32.load(get(group), descriptor.word))
  f.set(onlyLongest, i32.load(get(group), descriptor.onlyLongest))
  f.set(at, get(anchor))
  f.set(stop, i32.add(get(anchor), i32.const(limits.lookaheadBytes)))
  f.if(i32.gt(get(stop), global.get(shared.high)), () => f.set(stop, global.get(shared.high)))
  f.block((isRead) => {
    f.loop((nextByte) => {
      f.brIf(isRead, i32.ge(get(at), get(stop)))
      run.emitStep(get(at))
      f.set(at, i32.add(get(at), i32.const(1)))
      f.brIf(nextByte, run.isOrdinary())
      f.brIf(isRead, run.isDead())
      f.if(get(word), () => {
        f.if(i32.lt(get(at), global.get(shared.high)), () => {
          f.brIf(nextByte, i32.load8(i32.load8(get(at)), base + layout.wordTable))
        })
      })
      f.if(get(onlyLongest), () => {
        f.set(longest, get(at))
        f.set(longestState, run.state())
        f.br(nextByte)
      })
      writeEnd(f, shared, get(at), run.state())
      f.br(nextByte)
    })
  })
  f.if(get(longest), () => writeEnd(f, shared, get(longest), get(longestState)))
}

function writeEnd(f: FunctionBuilder, shared: Shared, end: Code, state: Code): void {
  f.do(i32.store(global.get(shared.ends), end))
  f.do(i32.store(global.get(shared.ends), state, 4))
  f.setGlobal(shared.ends, i32.add(global.get(shared.ends), i32.const(endRecordBytes)))
}
