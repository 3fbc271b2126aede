import { nameOf } from './pairs.ts'
import type { ValueSink } from './value-sink.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a

/** Hands on each string of a JSON text: what a colon follows is a name, anything else a value. Escapes stay as they are. */
export function readJsonStrings(bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
  // What lies behind is none of it, and is not searched.
  const text = bytes.subarray(start, end)
  let name = ''
  for (let at = text.indexOf(QUOTE); at >= 0;) {
    const close = endOfString(text, at + 1)
    const next = behindBlanks(text, close + 1)
    if (text[next] === COLON) {
      name = nameOf(text, at + 1, close)
      sink.value('name', '', text, at + 1, close)
    } else if (at + 1 < close) sink.value('value', name, text, at + 1, close)
    at = text.indexOf(QUOTE, close + 1)
  }
}

/** Where the closing quote is, or the end. */
function endOfString(text: Uint8Array, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === QUOTE) return at
    if (text[at] === BACKSLASH) at++
  }
  return text.length
}

function behindBlanks(text: Uint8Array, start: number): number {
  let at = start
  while (at < text.length && text[at] <= 0x20) at++
  return at
}
