import koffi from 'koffi'
import type { Pattern } from '../../src/scan/scanner.ts'
import { boundedExpression, type Content, type Engine, type Missing } from './engine.ts'

/*
 * RE2, as Debian packages it: its C++ interface, called by the names that the Itanium C++ ABI gives it. Objects are made
 * in buffers, which are large enough for any of its releases and do not move; see `re2/re2.h` of release 2022-06-01.
 */

const LIBRARY = 'libre2.so.9'

/** `sizeof(re2::RE2)` is below 300 bytes. */
const OBJECT_BYTES = 1024
/** `RE2::UNANCHORED` */
const UNANCHORED = 0
/** `{ const char *data; size_t size }`: what `re2::StringPiece` is. */
const STRING_PIECE_BYTES = 16

interface Library {
  construct(re2: Buffer, pattern: Buffer, options: Buffer): void
  destroy(re2: Buffer): void
  /** -1 of what could not be compiled. */
  programSize(re2: Buffer): number
  match(
    re2: Buffer,
    text: Buffer,
    start: number,
    end: number,
    anchor: number,
    submatches: Buffer,
    submatchCount: number,
  ): boolean
}

/** One expression after the other: all matches, each with its pattern. A set of RE2's says which matched, but not where. */
export const openRe2 = (patterns: readonly Pattern[]): Engine | Missing => open('RE2', patterns)

/** All in one expression, the fastest way: it says where something matched, but not which, and nothing twice. */
export function openRe2AsOne(patterns: readonly Pattern[]): Engine | Missing {
  const options = patterns.map((pattern) => {
    const expression = boundedExpression(pattern)
    return pattern.ignoreCase === true ? `(?i:${expression})` : expression
  })
  const name = 'RE2, all in one'
  const engine = open(name, [{ id: 'all', expression: options.join('|'), boundary: 'none' }])
  return 'missing' in engine || engine.refused.length === 0
    ? engine
    : { name, missing: 'it does not take them in one' }
}

function open(name: string, patterns: readonly Pattern[]): Engine | Missing {
  const library = loadLibrary()
  if (library === undefined) {
    return { name, missing: `${LIBRARY} is not installed; on Debian 12: apt-get install libre2-9` }
  }
  const started = performance.now()
  const compiled = patterns.map((pattern) => new CompiledExpression(library, pattern))
  const taken = compiled.filter(({ isValid }) => isValid)
  return {
    name,
    refused: patterns.filter((_, i) => !compiled[i].isValid),
    compileMs: performance.now() - started,
    counts: 'matches',
    prepare: ({ bytes }: Content) => {
      const text = stringPiece(bytes)
      return () => taken.reduce((matches, expression) => matches + expression.count(text), 0)
    },
    close: () => {
      for (const expression of compiled) expression.close()
    },
  }
}

function loadLibrary(): Library | undefined {
  let library: ReturnType<typeof koffi.load>
  try {
    library = koffi.load(LIBRARY)
  } catch {
    return undefined
  }
  return {
    construct: library.func(
      'void _ZN3re23RE2C1ERKNS_11StringPieceERKNS0_7OptionsE(void *, const void *, const void *)',
    ),
    destroy: library.func('void _ZN3re23RE2D1Ev(void *)'),
    programSize: library.func('int _ZNK3re23RE211ProgramSizeEv(const void *)'),
    match: library.func(
      'bool _ZNK3re23RE25MatchERKNS_11StringPieceEmmNS0_6AnchorEPS1_i(const void *, const void *, size_t, size_t, int, void *, int)',
    ),
  }
}

class CompiledExpression {
  readonly isValid: boolean
  readonly #library: Library
  readonly #object = Buffer.alloc(OBJECT_BYTES)
  readonly #found = Buffer.alloc(STRING_PIECE_BYTES)
  /** Matches hold the byte after them, which may be the byte before the next. */
  readonly #isBounded: boolean

  constructor(library: Library, pattern: Pattern) {
    this.#library = library
    this.#isBounded = pattern.boundary !== 'none'
    const expression = Buffer.from(boundedExpression(pattern))
    library.construct(this.#object, stringPiece(expression), optionsOf(pattern))
    this.isValid = library.programSize(this.#object) >= 0
  }

  /** Matches that do not overlap. @param text as `stringPiece` makes it */
  count(text: Buffer): number {
    const base = text.readBigUInt64LE(0)
    const length = text.length - STRING_PIECE_BYTES
    const after = this.#isBounded ? 1 : 0
    let matches = 0
    let at = 0
    while (this.#library.match(this.#object, text, at, length, UNANCHORED, this.#found, 1)) {
      matches++
      const end = Number(this.#found.readBigUInt64LE(0) - base) + Number(this.#found.readBigUInt64LE(8))
      at = end === length ? end : end - after
    }
    return matches
  }

  close(): void {
    this.#library.destroy(this.#object)
  }
}

/** Its bytes follow it in the same buffer, so that they live as long as it does. */
function stringPiece(bytes: Buffer): Buffer {
  const piece = Buffer.concat([Buffer.alloc(STRING_PIECE_BYTES), bytes])
  piece.writeBigUInt64LE(koffi.address(piece) + BigInt(STRING_PIECE_BYTES), 0)
  piece.writeBigUInt64LE(BigInt(bytes.length), 8)
  return piece
}

/** `RE2::Options`, in the order of its fields: bytes as Latin-1, the longest match as ours has it, nothing logged. */
function optionsOf({ ignoreCase = false }: Pattern): Buffer {
  const options = Buffer.alloc(32)
  options.writeInt32LE(2, 0) // encoding: EncodingLatin1
  options[5] = 1 // longest_match
  options.writeBigInt64LE(1n << 30n, 8) // max_mem, of which 8 MB is the default: no cache shall be too small
  options[19] = 1 // never_capture
  options[20] = ignoreCase ? 0 : 1 // case_sensitive
  return options
}
