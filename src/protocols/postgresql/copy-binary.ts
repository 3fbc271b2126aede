import type { Direction } from '../../model/direction.ts'
import type { ContentStream, ProtocolSink } from '../protocol.ts'
import { Anomaly } from './anomalies.ts'
import { CollectedBytes } from './collected-bytes.ts'
import { limits } from './limits.ts'
import { columnNames } from './position-names.ts'

/** What begins a binary COPY (PostgreSQL documentation, `COPY`, "Binary Format"). */
export const BINARY_SIGNATURE = Uint8Array.from([
  0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00,
])

/** Bit of the flags that tells of an OID before each tuple's fields, not counted with them; up to PostgreSQL 11. */
const HAS_OIDS = 1 << 16
const TRAILER = 0xffff

/** What the next bytes are: numbers first, then runs of known length. */
const Part = { flags: 0, extensionLength: 1, extension: 2, count: 3, length: 4, value: 5, rest: 6 } as const
const WIDTHS = [4, 4, 0, 2, 4, 0, 0]

/** Reads a binary COPY behind its signature, cut anywhere: tuples of values, each behind its length. */
export class CopyBinary {
  readonly #sink: ProtocolSink
  readonly #direction: Direction
  readonly #kept = new CollectedBytes()
  #columns: readonly string[] = []
  #part: number = Part.flags
  /** The number at hand, and how many of its bytes came. */
  #number = 0
  #numberBytes = 0
  #hasOids = false
  /** Fields of the tuple that are still to come, and the number of the one at hand. */
  #fields = 0
  #column = 0
  /** Bytes of the extension or the value that are still to come. */
  #missing = 0
  /** For a value too long to be put together, and for what cannot be read. */
  #stream: ContentStream | undefined

  constructor(sink: ProtocolSink, direction: Direction) {
    this.#sink = sink
    this.#direction = direction
  }

  begin(columns: readonly string[]): void {
    this.end()
    this.#columns = columns
    this.#part = Part.flags
    this.#number = 0
    this.#numberBytes = 0
  }

  read(bytes: Uint8Array, start: number, end: number): void {
    let at = start
    while (at < end) {
      if (WIDTHS[this.#part] > 0) this.#readNumber(bytes[at++])
      else if (this.#part === Part.rest) {
        this.#open().write(bytes, at, end)
        at = end
      } else at = this.#readRun(bytes, at, end)
    }
  }

  /** Nothing more comes: a value that is not whole is handed on as far as it came. */
  end(): void {
    if (this.#kept.length > 0) this.#field(this.#kept.bytes, 0, this.#kept.length)
    this.#kept.clear()
    this.#close(this.#part === Part.rest)
  }

  #readNumber(byte: number): void {
    this.#number = (this.#number << 8) | byte
    if (++this.#numberBytes < WIDTHS[this.#part]) return
    const number = this.#number
    this.#number = 0
    this.#numberBytes = 0
    if (this.#part === Part.flags) {
      this.#hasOids = (number & HAS_OIDS) !== 0
      this.#part = Part.extensionLength
    } else if (this.#part === Part.extensionLength) this.#beginRun(Part.extension, number)
    else if (this.#part === Part.count) this.#beginTuple(number)
    else if (number === -1) this.#nextField()
    else this.#beginRun(Part.value, number)
  }

  #beginTuple(count: number): void {
    if (count === TRAILER) {
      this.#part = Part.rest
      return
    }
    this.#fields = count + (this.#hasOids ? 1 : 0)
    this.#column = this.#hasOids ? -1 : 0
    this.#part = this.#fields > 0 ? Part.length : Part.count
  }

  #beginRun(part: number, length: number): void {
    if (length < 0) {
      this.#sink.anomaly(Anomaly.malformedCopy)
      this.#part = Part.rest
      return
    }
    this.#part = part
    this.#missing = length
    if (length === 0) this.#endRun()
    else if (part === Part.value && length > limits.valueBytes) this.#open()
  }

  #readRun(bytes: Uint8Array, start: number, end: number): number {
    const stop = Math.min(end, start + this.#missing)
    const isLast = stop - start === this.#missing
    this.#missing -= stop - start
    if (this.#part === Part.value) this.#readValue(bytes, start, stop, isLast)
    if (isLast) this.#endRun()
    return stop
  }

  #readValue(bytes: Uint8Array, start: number, end: number, isLast: boolean): void {
    const kept = this.#kept
    if (this.#stream !== undefined) this.#stream.write(bytes, start, end)
    else if (isLast && kept.length === 0) this.#field(bytes, start, end)
    else if (!kept.append(bytes, start, end)) {
      this.#sink.anomaly(Anomaly.messageMemory)
      const stream = this.#open()
      stream.write(kept.bytes, 0, kept.length)
      stream.write(bytes, start, end)
      kept.clear()
    } else if (isLast) {
      this.#field(kept.bytes, 0, kept.length)
      kept.clear()
    }
  }

  #endRun(): void {
    if (this.#part === Part.extension) this.#part = Part.count
    else this.#nextField()
  }

  #nextField(): void {
    this.#close(true)
    this.#column++
    this.#part = --this.#fields > 0 ? Part.length : Part.count
  }

  /** Types are not told: what is no text is looked at as it is. */
  #field(bytes: Uint8Array, start: number, end: number): void {
    // The OID of a tuple that has one stands before the first column.
    const name = this.#column < 0 ? 'oid' : (this.#columns[this.#column] ?? columnNames.at(this.#column))
    this.#sink.field(this.#direction, 'sql.column', name, bytes, start, end)
  }

  #open(): ContentStream {
    return (this.#stream ??= this.#sink.open(this.#direction, 'sql.column', 'text'))
  }

  #close(complete: boolean): void {
    this.#stream?.close(complete)
    this.#stream = undefined
  }
}
