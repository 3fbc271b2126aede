import { CarriedStream, zeroBytes } from './carried-stream.ts'
import { loadSet } from './compile/compiled-set.ts'
import { planOf, type PlanStore } from './compile/set-plan.ts'
import { limits } from './limits.ts'
import { MatchFinder } from './match-finder.ts'
import { ScanMemory } from './scan-memory.ts'
import type { MatchSink, Pattern, Scanner, StreamScanner } from './scanner.ts'

/**
 * Compiles a set of patterns, of at least one. Throws a ScanError for a pattern that cannot be compiled: which one, where,
 * and what to write instead. Takes some hundred milliseconds for hundreds of patterns, where `plans` has no plan of the set.
 */
export function compileScanner(
  patterns: readonly Pattern[],
  memory: ScanMemory = new ScanMemory(),
  plans?: PlanStore,
): Scanner {
  const set = loadSet(planOf(patterns, plans), memory)
  const finder = new MatchFinder(set, patterns.length)
  const context = { memory, finder, staging: memory.allocate(limits.stagingBytes + zeroBytes) }
  const whole = new CarriedStream(context, true)
  return {
    patterns,
    allocate: (sizeBytes: number) => memory.allocate(sizeBytes),
    scan: (bytes: Uint8Array, start: number, end: number, sink: MatchSink) => {
      if (!set.shortContents.hasNone(bytes, start, end)) whole.scanWhole(bytes, start, end, sink)
    },
    createStream: (): StreamScanner => new CarriedStream(context),
    release: () => {
      memory.release(set.region)
      memory.release(context.staging)
    },
  }
}
