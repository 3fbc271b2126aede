import type { ValueReader } from '../../src/content/value-reader.ts'

/** Values that a reader hands on, with their names, of a content that is cut into pieces of `pieceBytes`. */
export function readValues(reader: ValueReader, bytes: Uint8Array, pieceBytes: number): [string, string][] {
  const values: [string, string][] = []
  let text = ''
  const sink = {
    value(run: Uint8Array, start: number, end: number, last: boolean) {
      text += Buffer.from(run.subarray(start, end)).toString('latin1')
      if (!last) return
      values.push([reader.name(), text])
      text = ''
    },
  }
  reader.reset()
  for (let at = 0; at < bytes.length; at += pieceBytes)
    reader.read(bytes, at, Math.min(bytes.length, at + pieceBytes), sink)
  reader.end(sink)
  return values
}
