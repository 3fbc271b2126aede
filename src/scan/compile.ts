import { CarriedStream, zeroBytes } from './carried-stream.ts'
import { compileSet } from './compile/compiled-set.ts'
import { limits } from './limits.ts'
import { MatchFinder } from './match-finder.ts'
import { ScanMemory } from './scan-memory.ts'
import type { MatchSink, Pattern, Scanner, StreamScanner } from './scanner.ts'

/**
 * Compiles a set of patterns, of at least one. Throws a ScanError for a pattern that cannot be compiled: which one, where,
 * and what to write instead. Takes milliseconds for dozens of patterns, so it is done when the set changes.
 */
export function compileScanner(patterns: readonly Pattern[], memory: ScanMemory = new ScanMemory()): Scanner {
  const set = compileSet(patterns, memory)
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
