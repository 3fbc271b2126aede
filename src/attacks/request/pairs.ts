import { latin1 } from '../../lib/bytes.ts'
import { Interned } from '../../lib/interned.ts'
import { limits } from '../limits.ts'
import type { ValueSink } from './value-sink.ts'

const EQUALS = 0x3d
const SPACE = 0x20

/** Hands on names and values of `a=1&b=2`, or of cookies with another separator, as they were sent. */
export function readPairs(
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: number,
  sink: ValueSink,
): void {
  // What lies behind is none of it, and is not searched.
  const pairs = bytes.subarray(start, end)
  let at = 0
  while (at < pairs.length) {
    const found = pairs.indexOf(separator, at)
    const stop = found < 0 ? pairs.length : found
    while (at < stop && pairs[at] === SPACE) at++
    readPair(pairs, at, stop, sink)
    at = stop + 1
  }
}

function readPair(bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
  let equals = start
  while (equals < end && bytes[equals] !== EQUALS) equals++
  // A flag without a value is where a value would stand as well.
  if (equals === end) {
    if (start < end) sink.value('value', '', bytes, start, end)
    return
  }
  if (start < equals) sink.value('name', '', bytes, start, equals)
  if (equals + 1 < end) sink.value('value', nameOf(bytes, start, equals), bytes, equals + 1, end)
}

/** Names come again with each request: those are made once. */
const NAMES = new Interned(limits.internedNames, (bytes, start, end) =>
  latin1(bytes, start, end).toLowerCase(),
)

/** The beginning of a name, in lower case. */
export function nameOf(bytes: Uint8Array, start: number, end: number): string {
  return NAMES.get(bytes, start, Math.min(end, start + limits.nameBytes))
}
