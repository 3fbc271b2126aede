import koffi from 'koffi'
import type { Pattern } from '../../src/scan/scanner.ts'
import { boundedExpression, type Content, type Engine, type Missing } from './engine.ts'

/*
 * Hyperscan (or Vectorscan, which has the same interface) in block mode; constants of `hs_compile.h` and `hs_common.h`,
 * release 5.4.
 */

const LIBRARY = 'libhs.so.5'

const HS_SUCCESS = 0
const HS_COMPILER_ERROR = -4
const HS_MODE_BLOCK = 1
const HS_FLAG_CASELESS = 1
const HS_FLAG_SOM_LEFTMOST = 256

type Address = bigint
type Out = BigUint64Array

interface Library {
  compile(
    expressions: Out,
    flags: Uint32Array,
    ids: Uint32Array,
    count: number,
    mode: number,
    platform: null,
    database: Out,
    error: Out,
  ): number
  freeError(error: Address): number
  freeDatabase(database: Address): number
  allocateScratch(database: Address, scratch: Out): number
  freeScratch(scratch: Address): number
  scan(
    database: Address,
    bytes: Buffer,
    length: number,
    flags: number,
    scratch: Address,
    onMatch: Address | null,
    context: null,
  ): number
}

const compileError = koffi.struct({ message: 'const char *', expression: 'int' })
const onMatchType = koffi.proto('int (unsigned int, uint64_t, uint64_t, unsigned int, void *)')

/** Tells where matches end, which is what it is made for. */
export const openHyperscan = (patterns: readonly Pattern[]): Engine | Missing =>
  open('Hyperscan, ends of matches', patterns, 0)

/** Tells where they begin, too, as ours does. */
export const openHyperscanWithStarts = (patterns: readonly Pattern[]): Engine | Missing =>
  open('Hyperscan, with starts', patterns, HS_FLAG_SOM_LEFTMOST)

function open(name: string, patterns: readonly Pattern[], flags: number): Engine | Missing {
  const library = loadLibrary()
  if (library === undefined) {
    return { name, missing: `${LIBRARY} is not installed; on Debian: apt-get install libhyperscan5` }
  }
  const { refused, database, compileMs } = compile(library, patterns, flags)
  if (database === undefined) return { name, missing: 'it takes none of the patterns' }
  const [scratch] = written((out) => library.allocateScratch(database, out))
  return {
    name,
    refused,
    compileMs,
    counts: 'ends of matches',
    prepare: ({ bytes }: Content) => prepareScan(library, database, scratch, bytes),
    close: () => {
      library.freeScratch(scratch)
      library.freeDatabase(database)
    },
  }
}

/** Matches are counted once, with a call into JavaScript for each; what is measured goes without those calls. */
function prepareScan(library: Library, database: Address, scratch: Address, bytes: Buffer): () => number {
  let isCounted = false
  return () => {
    if (isCounted) {
      must(library.scan(database, bytes, bytes.length, 0, scratch, null, null))
      return -1
    }
    let ends = 0
    const onMatch = koffi.register(() => {
      ends++
      return 0
    }, koffi.pointer(onMatchType))
    must(library.scan(database, bytes, bytes.length, 0, scratch, onMatch, null))
    koffi.unregister(onMatch)
    isCounted = true
    return ends
  }
}

/** Leaves out, one after the other, what it refuses. The time is that of the last compilation, of all it takes. */
function compile(library: Library, patterns: readonly Pattern[], flags: number) {
  const taken = [...patterns]
  const refused: Pattern[] = []
  while (taken.length > 0) {
    const texts = taken.map((pattern) => Buffer.from(`${boundedExpression(pattern)}\0`))
    const started = performance.now()
    const database = new BigUint64Array(1)
    const error = new BigUint64Array(1)
    const result = library.compile(
      BigUint64Array.from(texts, (text) => koffi.address(text)),
      Uint32Array.from(taken, ({ ignoreCase }) => flags | (ignoreCase === true ? HS_FLAG_CASELESS : 0)),
      Uint32Array.from(taken, (_, i) => i),
      // Read last, so that the texts live until the call.
      texts.length,
      HS_MODE_BLOCK,
      null,
      database,
      error,
    )
    if (result === HS_SUCCESS) {
      return { refused, database: database[0], compileMs: performance.now() - started }
    }
    const { expression } = koffi.decode(error[0], compileError) as { expression: number }
    library.freeError(error[0])
    if (result !== HS_COMPILER_ERROR || expression < 0) must(result)
    refused.push(...taken.splice(expression, 1))
  }
  return { refused, database: undefined, compileMs: 0 }
}

function loadLibrary(): Library | undefined {
  let library: ReturnType<typeof koffi.load>
  try {
    library = koffi.load(LIBRARY)
  } catch {
    return undefined
  }
  return {
    compile: library.func(
      'int hs_compile_multi(const void *, const void *, const void *, unsigned int, unsigned int, const void *, void *, void *)',
    ),
    freeError: library.func('int hs_free_compile_error(void *)'),
    freeDatabase: library.func('int hs_free_database(void *)'),
    allocateScratch: library.func('int hs_alloc_scratch(const void *, void *)'),
    freeScratch: library.func('int hs_free_scratch(void *)'),
    scan: library.func(
      'int hs_scan(const void *, const void *, unsigned int, unsigned int, void *, void *, void *)',
    ),
  }
}

/** What a call wrote through its last parameter. */
function written(call: (out: Out) => number): Out {
  const out = new BigUint64Array(1)
  must(call(out))
  return out
}

function must(result: number): void {
  if (result !== HS_SUCCESS) throw new Error(`Hyperscan failed with ${result}`)
}
