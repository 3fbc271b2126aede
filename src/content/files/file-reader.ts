import type { FieldTracker } from '../field-tracker.ts'
import type { RunSink, ValueReader } from '../value-reader.ts'
import { type FileProblem, Budget } from './budget.ts'
import { readFileTexts } from './file.ts'
import { mayBeFile } from './file-start.ts'
import { limits } from './limits.ts'

const NOTHING = Buffer.alloc(0)
const NO_PROBLEMS: ReadonlySet<FileProblem> = new Set()

/** Bytes that the files being collected on this thread hold. */
let heldBytes = 0

/** For tests: what was taken is given back. */
export function heldFileBytes(): number {
  return heldBytes
}

/**
 * Collects a file and, at its end, hands its texts on, each as a value of its own: what is compressed, or lies in pieces on a
 * page, cannot be read as it streams by.
 */
export class FileReader implements FieldTracker, ValueReader {
  /** Some other content may be in its place: it is collected only if it begins as one. */
  readonly #isGuess: boolean
  #bytes: Buffer = NOTHING
  #length = 0
  #isRefused = false
  #isCut = false
  #place = ''
  #field = ''
  #problems: ReadonlySet<FileProblem> = NO_PROBLEMS

  /** @param isGuess - nobody said that it is a file that can be read. */
  constructor(isGuess = false) {
    this.#isGuess = isGuess
  }

  /** What was not read of the last file that ended. */
  get problems(): ReadonlySet<FileProblem> {
    return this.#problems
  }

  /** Whether something is there to be read. */
  get isCollecting(): boolean {
    return this.#length > 0 || this.#isCut
  }

  reset(): void {
    heldBytes -= this.#bytes.length
    this.#bytes = NOTHING
    this.#length = 0
    this.#isRefused = false
    this.#isCut = false
    this.#place = this.#field = ''
    this.#problems = NO_PROBLEMS
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    if (this.#isRefused || this.#isCut) return
    const wanted = Math.min(limits.fileBytes - this.#length, end - start)
    const taken = this.#hold(this.#length + wanted) ? wanted : 0
    Buffer.prototype.copy.call(bytes, this.#bytes, this.#length, start, start + taken)
    this.#length += taken
    this.#isCut = taken < end - start
    if (this.#isGuess && !mayBeFile(this.#bytes, 0, this.#length)) this.#refuse()
  }

  end(sink?: RunSink): void {
    const budget = new Budget()
    const bytes = this.#bytes.subarray(0, this.#length)
    if (this.#isCut) budget.problems.add('too-large')
    if (sink !== undefined && bytes.length > 0) this.#handOn(bytes, sink, budget)
    this.reset()
    this.#problems = budget.problems
  }

  /** Reads a file that is there as a whole, whatever its length. */
  readWhole(bytes: Uint8Array, sink: RunSink): void {
    const budget = new Budget()
    this.#handOn(bytes, sink, budget)
    this.#problems = budget.problems
  }

  /** Where the text at hand stands, for people: `sheet 1 iban`, `page 3`. */
  name(): string {
    return `${this.#place} ${this.#field}`.trim()
  }

  /** What the text at hand is judged by: `iban`. Where it stands would read as a part of that. */
  field(): string {
    return this.#field
  }

  #handOn(bytes: Uint8Array, sink: RunSink, budget: Budget): void {
    const text = (place: string, field: string, value: Uint8Array): void => {
      this.#place = place
      this.#field = field
      sink.value(value, 0, value.length, true)
    }
    readFileTexts(bytes, { text }, budget)
    this.#place = this.#field = ''
  }

  #refuse(): void {
    this.reset()
    this.#isRefused = true
  }

  /** False where no more bytes may be held. */
  #hold(length: number): boolean {
    if (length <= this.#bytes.length) return true
    let size = Math.max(limits.firstBytes, this.#bytes.length)
    while (size < length) size *= 2
    size = Math.min(size, limits.fileBytes)
    if (heldBytes + size - this.#bytes.length > limits.memoryBytes) return false
    const grown = Buffer.allocUnsafeSlow(size)
    this.#bytes.copy(grown, 0, 0, this.#length)
    heldBytes += size - this.#bytes.length
    this.#bytes = grown
    return true
  }
}
