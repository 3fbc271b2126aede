import { FieldName } from './field-name.ts'
import type { ValueSink } from './value-sink.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

const name = new FieldName()

/** Hands on each string of a JSON text: what a colon follows is a name, anything else a value. Escapes stay as they are. */
export function readJsonStrings(bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
  let field = FieldName.none
  for (let at = nextQuote(bytes, start, end); at < end;) {
    const close = endOfString(bytes, at + 1, end)
    const next = behindBlanks(bytes, close + 1, end)
    if (next < end && bytes[next] === COLON) {
      field = name.set(bytes, at + 1, close)
      sink.value('name', FieldName.none, bytes, at + 1, close)
    } else if (at + 1 < close) sink.value('value', field, bytes, at + 1, close)
    at = nextQuote(bytes, close + 1, end)
  }
}

function nextQuote(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] !== QUOTE) at++
  return at
}

/** Where the closing quote is, or the end. */
function endOfString(bytes: Uint8Array, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    if (bytes[at] === QUOTE) return at
    if (bytes[at] === BACKSLASH) at++
  }
  return end
}

function behindBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  while (at < end && bytes[at] <= 0x20) at++
  return at
}
