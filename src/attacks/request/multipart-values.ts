import { latin1 } from '../../lib/bytes.ts'
import { limits } from '../limits.ts'
import { FieldName } from './field-name.ts'
import type { ValueSink } from './value-sink.ts'

const BLANK_LINE = Buffer.from('\r\n\r\n')

/** Hands on the parts of a multipart body (RFC 7578): fields as values, files by their name and their first bytes. */
export function readMultipart(bytes: Uint8Array, start: number, end: number, sink: ValueSink): void {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start)
  const firstLine = body.indexOf('\r\n')
  if (firstLine < 3 || firstLine > limits.boundaryBytes || !body.subarray(0, 2).equals(DASHES)) return
  const delimiter = body.subarray(0, firstLine)
  let part = firstLine + 2
  for (;;) {
    const next = body.indexOf(delimiter, part)
    const stop = next < 0 ? body.length : Math.max(part, next - 2)
    readPart(body, part, stop, sink)
    if (next < 0) return
    part = next + delimiter.length + 2
  }
}

const DASHES = Buffer.from('--')

function readPart(body: Buffer, start: number, end: number, sink: ValueSink): void {
  const length = body.subarray(start, Math.min(end, start + limits.partHeadBytes)).indexOf(BLANK_LINE)
  if (length < 0) {
    if (start < end) sink.value('value', FieldName.none, body, start, end)
    return
  }
  const headEnd = start + length
  const head = latin1(body, start, headEnd)
  const disposition = parametersOf(head)
  const name = FieldName.of((disposition.get('name') ?? '').toLowerCase().slice(0, limits.nameBytes))
  const from = headEnd + BLANK_LINE.length
  giveText(sink, 'name', FieldName.none, disposition.get('name'))
  const fileName = disposition.get('filename') ?? disposition.get('filename*')
  if (fileName === undefined) {
    if (from < end) sink.value('value', name, body, from, end)
    return
  }
  giveText(sink, 'file-name', name, fileName)
  if (from < end) sink.value('file-head', name, body, from, Math.min(end, from + limits.fileHeadBytes))
}

function giveText(
  sink: ValueSink,
  role: 'name' | 'file-name',
  name: FieldName,
  text: string | undefined,
): void {
  if (text === undefined || text === '') return
  const bytes = Buffer.from(text, 'latin1')
  sink.value(role, name, bytes, 0, bytes.length)
}

/** `name` and `filename` of a Content-Disposition, wherever they stand in the head; quotes taken off. */
function parametersOf(head: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const key of ['name', 'filename', 'filename*']) {
    const at = findParameter(head, key)
    if (at >= 0) found.set(key, readParameter(head, at))
  }
  return found
}

/** Behind `key=`; -1 where there is none. */
function findParameter(head: string, key: string): number {
  const lower = head.toLowerCase()
  for (let at = lower.indexOf(`${key}=`); at >= 0; at = lower.indexOf(`${key}=`, at + 1)) {
    if (at > 0 && ' ;\t\n'.includes(lower[at - 1])) return at + key.length + 1
  }
  return -1
}

function readParameter(head: string, at: number): string {
  const isQuoted = head[at] === '"'
  let end = isQuoted ? at + 1 : at
  while (end < head.length && (isQuoted ? head[end] !== '"' : !';\r\n'.includes(head[end]))) end++
  return head.slice(isQuoted ? at + 1 : at, end)
}
