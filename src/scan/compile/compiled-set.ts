import { parseExpression } from '../expression/parse.ts'
import { createKernel, type Kernel } from '../kernel/kernel.ts'
import { planLayout, writeTables, type Layout } from '../kernel/layout.ts'
import { ScanError } from '../scan-error.ts'
import type { ScanMemory } from '../scan-memory.ts'
import type { Pattern } from '../scanner.ts'
import type { Branch } from './branches.ts'
import { planBranches } from './branches.ts'
import type { ConfirmationGroup } from './groups.ts'
import { buildGroups } from './groups.ts'
import { planPrefilter } from './prefilter.ts'
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

/** Bytes of a candidate's window: one before the anchor, the others from it on. */
const windowLength = 7

/** Compiles at least one pattern into `memory`. Throws a ScanError that names the pattern that cannot be. */
export function compileSet(patterns: readonly Pattern[], memory: ScanMemory): CompiledSet {
  const expressions = patterns.map(parseExpression)
  const branches = patterns.flatMap((pattern, i) =>
    planBranches(expressions[i], {
      pattern: i,
      word: (pattern.boundary ?? 'word') === 'word',
      windowLength,
      inside: pattern.anchorInside ?? false,
    }),
  )
  const { prefilter, buckets } = planPrefilter(branches)
  const tooLarge: Branch[] = []
  const groups = buckets.flatMap((members, bucket) => buildGroups(bucket, members, tooLarge))
  if (tooLarge.length > 0) {
    const { id } = patterns[tooLarge[0].pattern]
    throw new ScanError('PATTERN_TOO_LARGE', `Pattern ${id}: its automaton has too many states`, {
      nextStep: 'lower its counts, or let fewer of its variable parts overlap',
    })
  }
  const layout = planLayout(prefilter, groups)
  const region = memory.allocate(layout.sizeBytes)
  writeTables(memory.memory.buffer, region.byteOffset, layout, { prefilter, groups })
  const kernel = createKernel(memory.memory, region.byteOffset, layout, prefilter)
  return { kernel, groups, region, layout, shortContents: new ShortContents(expressions) }
}
