import { createKernel, type Kernel } from '../kernel/kernel.ts'
import { planLayout, writeTables, type Layout } from '../kernel/layout.ts'
import type { ScanMemory } from '../scan-memory.ts'
import type { ConfirmationGroup } from './groups.ts'
import type { SetPlan } from './set-plan.ts'
import { ShortContents } from './short-contents.ts'

/** A set of patterns, ready to run. */
export interface CompiledSet {
  kernel: Kernel
  groups: readonly ConfirmationGroup[]
  shortContents: ShortContents
  /** Region of the memory that holds the tables, and where things are in it. */
  region: Uint8Array<ArrayBuffer>
  layout: Layout
}

/** Puts a plan's tables into `memory` and emits its kernel. */
export function loadSet({ prefilter, slots, groups, needed }: SetPlan, memory: ScanMemory): CompiledSet {
  const layout = planLayout(prefilter, slots, groups)
  const region = memory.allocate(layout.sizeBytes)
  writeTables(memory.memory.buffer, region.byteOffset, layout, { prefilter, slots, groups })
  const kernel = createKernel(memory.memory, region.byteOffset, layout, prefilter)
  return { kernel, groups, region, layout, shortContents: new ShortContents(needed) }
}
