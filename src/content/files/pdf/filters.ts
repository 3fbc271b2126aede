import type { Budget } from '../budget.ts'
import { inflate } from '../inflate.ts'
import { limits } from './limits.ts'
import { isArray, nameOf, type PdfStream, type PdfValue } from './values.ts'

const NOTHING = new Uint8Array(0)

/** Resolves references: the filters of a stream may be objects of their own. */
interface Resolver {
  resolve(value: PdfValue | undefined): PdfValue | undefined
}

/** The bytes of a stream as they were before they were encoded (ISO 32000-1 section 7.4); none where that cannot be undone. */
export function decodeStream(stream: PdfStream, resolver: Resolver, budget: Budget): Uint8Array {
  const { dictionary } = stream
  const filter = resolver.resolve(dictionary.get('Filter') ?? dictionary.get('F'))
  const filters = isArray(filter) ? filter : filter === undefined ? [] : [filter]
  let bytes = stream.bytes.subarray(stream.start, stream.end)
  if (filters.length > limits.filters) return refused(budget)
  for (const one of filters) {
    const decode = FILTERS[nameOf(resolver.resolve(one))]
    if (decode === undefined) return refused(budget)
    bytes = decode(bytes, budget)
  }
  return bytes
}

function refused(budget: Budget): Uint8Array {
  budget.problems.add('damaged')
  return NOTHING
}

type Decode = (bytes: Uint8Array, budget: Budget) => Uint8Array

const FILTERS: Record<string, Decode | undefined> = {
  __proto__: null as never,
  FlateDecode: flate,
  Fl: flate,
  ASCIIHexDecode: asciiHex,
  AHx: asciiHex,
  ASCII85Decode: ascii85,
  A85: ascii85,
  RunLengthDecode: runLength,
  RL: runLength,
  LZWDecode: lzw,
  LZW: lzw,
}

/** zlib's frame is two bytes before the data; its checksum behind is nothing that anybody looks at. */
function flate(bytes: Uint8Array, budget: Budget): Uint8Array {
  let start = 0
  while (start < 2 && (bytes[start] === 0x0a || bytes[start] === 0x0d)) start++
  const isFramed = (bytes[start] & 0x0f) === 8 && ((bytes[start] << 8) | bytes[start + 1]) % 31 === 0
  return inflate(bytes, isFramed ? start + 2 : start, bytes.length, budget)
}

function asciiHex(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1')
  const end = text.indexOf('>')
  const hex = (end < 0 ? text : text.slice(0, end)).replace(/[^\da-f]/gi, '')
  return Buffer.from(hex.length % 2 === 0 ? hex : `${hex}0`, 'hex')
}

/** Five digits of base 85 for four bytes; `z` for four zeros. */
function ascii85(encoded: Uint8Array, budget: Budget): Uint8Array {
  const bytes = encoded.subarray(0, budget.decodedBytes >>> 2)
  const out = Buffer.alloc(bytes.length * 4)
  budget.decoded(bytes.length)
  let length = 0
  let digits = 0
  let number = 0
  for (const c of bytes) {
    if (c === 0x7e) break
    if (c === 0x7a && digits === 0) length += 4
    if (c < 0x21 || c > 0x75) continue
    number = number * 85 + c - 0x21
    if (++digits < 5) continue
    length = out.writeUInt32BE(number >>> 0, length)
    digits = number = 0
  }
  if (digits < 2) return out.subarray(0, length)
  for (let i = digits; i < 5; i++) number = number * 85 + 84
  out.writeUInt32BE(Math.floor(number % 2 ** 32), length)
  return out.subarray(0, length + digits - 1)
}

/** Section 7.4.5. */
function runLength(bytes: Uint8Array, budget: Budget): Uint8Array {
  const runs: Uint8Array[] = []
  let decoded = 0
  for (let at = 0; at < bytes.length && decoded < budget.decodedBytes;) {
    const length = bytes[at++]
    if (length === 128) break
    const run =
      length < 128 ? bytes.subarray(at, at + length + 1) : new Uint8Array(257 - length).fill(bytes[at] ?? 0)
    at += length < 128 ? length + 1 : 1
    decoded += run.length
    runs.push(run)
  }
  budget.decoded(decoded)
  return Buffer.concat(runs)
}

const LZW_CLEAR = 256
const LZW_END = 257
const LZW_CODES = 4096

/** Section 7.4.4, with codes that grow one early, as all writers have it. */
function lzw(bytes: Uint8Array, budget: Budget): Uint8Array {
  const table: Uint8Array[] = Array.from({ length: LZW_END + 1 }, (_, i) => Uint8Array.of(i))
  const out: Uint8Array[] = []
  let previous: Uint8Array | undefined
  let decoded = 0
  let [bits, held, width] = [0, 0, 9]
  for (let at = 0; at < bytes.length && decoded < budget.decodedBytes;) {
    while (held < width && at < bytes.length) {
      bits = ((bits << 8) | bytes[at++]) & 0xff_ff_ff
      held += 8
    }
    if (held < width) break
    const code = (bits >>> (held - width)) & ((1 << width) - 1)
    held -= width
    if (code === LZW_END) break
    if (code === LZW_CLEAR) {
      table.length = LZW_END + 1
      width = 9
      previous = undefined
      continue
    }
    const entry =
      code < table.length ? table[code] : previous === undefined ? undefined : joined(previous, previous[0])
    if (entry === undefined) break
    if (previous !== undefined && table.length < LZW_CODES) table.push(joined(previous, entry[0]))
    width = table.length + 1 >= 2048 ? 12 : table.length + 1 >= 1024 ? 11 : table.length + 1 >= 512 ? 10 : 9
    out.push(entry)
    decoded += entry.length
    previous = entry
  }
  budget.decoded(decoded)
  return Buffer.concat(out)
}

function joined(bytes: Uint8Array, last: number): Uint8Array {
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  longer[bytes.length] = last
  return longer
}
