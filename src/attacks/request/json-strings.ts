import { FieldName } from './field-name.ts'
import type { ValueSink } from './value-sink.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

const name = new FieldName()

/** Bytes that stand between the strings of a JSON text (RFC 8259 section 2): its signs, numbers, `true`, `false` and `null`. */
const BETWEEN = new Uint8Array(256)
for (const character of '{}[]:, \t\r\n+-.0123456789eEtrufalsn') BETWEEN[character.charCodeAt(0)] = 1

/**
 * Hands on each string of a JSON text: what a colon follows is a name, anything else a value. Escapes stay as they are.
 *
 * @returns whether it may be JSON: nothing else stands between its strings
 */
export function readJsonStrings(bytes: Uint8Array, start: number, end: number, sink: ValueSink): boolean {
  let field = FieldName.none
  let isJson = true
  for (let from = start, at = nextQuote(bytes, start, end); ; at = nextQuote(bytes, from, end)) {
    isJson &&= isBetween(bytes, from, at)
    if (at >= end) return isJson
    const close = endOfString(bytes, at + 1, end)
    const next = behindBlanks(bytes, close + 1, end)
    if (next < end && bytes[next] === COLON) {
      field = name.set(bytes, at + 1, close)
      sink.value('name', FieldName.none, bytes, at + 1, close)
    } else if (at + 1 < close) sink.value('value', field, bytes, at + 1, close)
    from = close + 1
  }
}

function isBetween(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (BETWEEN[bytes[i]] === 0) return false
  return true
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
