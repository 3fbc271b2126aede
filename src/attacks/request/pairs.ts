import { FieldName } from './field-name.ts'
import type { ValueSink } from './value-sink.ts'

const EQUALS = 0x3d
const SPACE = 0x20

const name = new FieldName()

/** Hands on names and values of `a=1&b=2`, or of cookies with another separator, as they were sent. */
export function readPairs(
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: number,
  sink: ValueSink,
): void {
  let at = start
  while (at < end) {
    while (at < end && bytes[at] === SPACE) at++
    let equals = -1
    let stop = at
    for (; stop < end && bytes[stop] !== separator; stop++)
      if (bytes[stop] === EQUALS && equals < 0) equals = stop
    if (equals < 0) {
      // A flag without a value is where a value would stand as well.
      if (at < stop) sink.value('value', FieldName.none, bytes, at, stop)
    } else {
      if (at < equals) sink.value('name', FieldName.none, bytes, at, equals)
      if (equals + 1 < stop) sink.value('value', name.set(bytes, at, equals), bytes, equals + 1, stop)
    }
    at = stop + 1
  }
}
