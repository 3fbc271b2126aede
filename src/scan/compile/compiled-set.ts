import type { Accepts, TableAutomaton } from '../automaton/table-automaton.ts'
import { createKernel, type Kernel } from '../kernel/kernel.ts'
import { planLayout, writeTables, type Layout } from '../kernel/layout.ts'
import type { ScanMemory } from '../scan-memory.ts'
import type { ConfirmationGroup } from './groups.ts'
import type { SetPlan } from './set-plan.ts'
import { ShortContents } from './short-contents.ts'

/** A set of patterns, ready to run. */
export interface CompiledSet {
  kernel: Kernel
  groups: readonly RecordGroup[]
  shortContents: ShortContents
  /** Region of the memory that holds the tables, and where things are in it. */
  region: Uint8Array<ArrayBuffer>
  layout: Layout
}

/** What of a group is needed to read the kernel's records; its tables lie in the memory. */
export interface RecordGroup {
  forward: AcceptTable
  backward: AcceptTable | undefined
  /** By branch. */
  patterns: Int32Array
}

export interface AcceptTable {
  classCount: number
  accepts: Accepts
}

/** Puts a plan's tables into `memory` and emits its kernel. Nothing of the plan is held. */
export function loadSet({ prefilter, slots, groups, needed }: SetPlan, memory: ScanMemory): CompiledSet {
  const layout = planLayout(prefilter, slots, groups)
  const region = memory.allocate(layout.sizeBytes)
  writeTables(memory.memory.buffer, region.byteOffset, layout, { prefilter, slots, groups })
  const kernel = createKernel(memory.memory, region.byteOffset, layout, prefilter)
  const shortContents = new ShortContents(needed)
  return { kernel, groups: groups.map(recordGroup), region, layout, shortContents }
}

function recordGroup({ forward, backward, branches }: ConfirmationGroup): RecordGroup {
  return {
    forward: acceptTable(forward),
    backward: backward && acceptTable(backward),
    patterns: Int32Array.from(branches, ({ pattern }) => pattern),
  }
}

/** Copies, for a plan that was kept is one buffer that all its arrays look into. */
function acceptTable({ classCount, accepts: { begins, expressions } }: TableAutomaton): AcceptTable {
  return { classCount, accepts: { begins: begins.slice(), expressions: expressions.slice() } }
}
