import { FieldName } from './field-name.ts'
import type { ValueSink } from './value-sink.ts'

const LESS = 0x3c
const GREATER = 0x3e

/** Hands on the document as one, for what it declares, then its tags and the text between them. */
export function readXmlValues(bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
  sink.value('document', FieldName.none, bytes, start, end)
  for (let at = start; at < end;) {
    let open = bytes.indexOf(LESS, at)
    if (open < 0 || open > end) open = end
    if (open > at) sink.value('value', FieldName.none, bytes, at, open)
    if (open === end) return
    let close = bytes.indexOf(GREATER, open)
    if (close < 0 || close > end) close = end
    sink.value('value', FieldName.none, bytes, open, Math.min(close + 1, end))
    readAttributes(bytes, open + 1, close, sink)
    at = close + 1
  }
}

/** What stands in quotes in a tag. */
function readAttributes(bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
  for (let at = start; at < end; at++) {
    const quote = bytes[at]
    if (quote !== 0x22 && quote !== 0x27) continue
    let close = bytes.indexOf(quote, at + 1)
    if (close < 0 || close > end) close = end
    if (at + 1 < close) sink.value('value', FieldName.none, bytes, at + 1, close)
    at = close
  }
}
