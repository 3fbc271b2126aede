import { limits } from '../limits.ts'
import { htmlEntityDecode, urlDecode } from '../transformations/decode.ts'
import type { NamedValue } from './named-value.ts'

/** What a body is made of, by the processor that took it apart. */
export interface BodyParts {
  args: NamedValue[]
  /** Name of the field, name of the file; and how large each is. */
  files: (NamedValue & { size: number })[]
  partHeaders: NamedValue[]
  /** All text of an XML document, and the values of its attributes. */
  xml: { text: string[]; attributes: string[] }
  /** It is not what its type says, in our words; empty where it is. */
  error: string
}

/** `a=1&b=2` with its encoding taken off. */
export function pairsOf(text: string): NamedValue[] {
  const pairs: NamedValue[] = []
  for (const pair of text.split('&', limits.values)) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = equals < 0 ? pair : pair.slice(0, equals)
    pairs.push({
      name: urlDecode(name, false),
      value: equals < 0 ? '' : urlDecode(pair.slice(equals + 1), false),
    })
  }
  return pairs
}

/** Takes a body apart. @param processor - `URLENCODED`, `MULTIPART`, `JSON`, `XML`; any other: not at all */
export function readBody(processor: string, contentType: string, body: string): BodyParts {
  const parts: BodyParts = {
    args: [],
    files: [],
    partHeaders: [],
    xml: { text: [], attributes: [] },
    error: '',
  }
  if (body === '') return parts
  if (processor === 'URLENCODED') parts.args = pairsOf(body)
  else if (processor === 'MULTIPART') readMultipart(boundaryOf(contentType), body, parts)
  else if (processor === 'JSON') readJson(body, parts)
  else if (processor === 'XML') readXml(body, parts)
  return parts
}

/** As the type says it. */
function boundaryOf(contentType: string): string {
  const at = contentType.toLowerCase().indexOf('boundary=')
  if (at < 0) return ''
  const rest = contentType.slice(at + 'boundary='.length)
  if (rest.startsWith('"')) return rest.slice(1, Math.max(1, rest.indexOf('"', 1)))
  const end = rest.indexOf(';')
  return (end < 0 ? rest : rest.slice(0, end)).trim()
}

function readMultipart(boundary: string, body: string, parts: BodyParts): void {
  if (boundary === '') {
    parts.error = 'it names no boundary'
    return
  }
  const pieces = body.split(`--${boundary}`, limits.parts + 2)
  for (const piece of pieces.slice(1)) {
    if (piece.startsWith('--')) return
    readPart(piece, parts)
  }
  parts.error = 'its last boundary is missing'
}

function readPart(piece: string, parts: BodyParts): void {
  const { head, content } = headAndContent(piece)
  const lines = head
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((line) => line !== '')
  const disposition = lines.find((line) => line.toLowerCase().startsWith('content-disposition:')) ?? ''
  const name = parameterOf(disposition, 'name') ?? ''
  const fileName = parameterOf(disposition, 'filename')
  for (const line of lines) parts.partHeaders.push({ name, value: line })
  if (fileName === undefined) parts.args.push({ name, value: content })
  else parts.files.push({ name, value: fileName, size: content.length })
}

/** Lines may end without a carriage return: there are targets that take such a part. */
function headAndContent(piece: string): { head: string; content: string } {
  const [strict, loose] = [piece.indexOf('\r\n\r\n'), piece.indexOf('\n\n')]
  const isStrict = strict >= 0 && (loose < 0 || strict < loose)
  const end = isStrict ? strict : loose
  if (end < 0) return { head: piece, content: '' }
  return { head: piece.slice(0, end), content: withoutLineEnd(piece.slice(end + (isStrict ? 4 : 2))) }
}

function withoutLineEnd(text: string): string {
  if (text.endsWith('\r\n')) return text.slice(0, -2)
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

/** In quotes, in which `\"` is one, or without. */
function parameterOf(header: string, name: string): string | undefined {
  const lower = header.toLowerCase()
  for (let at = lower.indexOf(`${name}=`); at >= 0; at = lower.indexOf(`${name}=`, at + 1)) {
    if (at > 0 && !' ;\t'.includes(lower[at - 1])) continue
    return parameterAt(header, at + name.length + 1)
  }
  return undefined
}

function parameterAt(header: string, at: number): string {
  const quote = header[at] === '"' || header[at] === "'" ? header[at] : ''
  let value = ''
  for (let i = quote === '' ? at : at + 1; i < header.length; i++) {
    if (quote === '' ? header[i] === ';' : header[i] === quote) break
    if (header[i] === '\\' && i + 1 < header.length && header[i + 1] === quote) i++
    value += header[i]
  }
  return value
}

function readJson(body: string, parts: BodyParts): void {
  try {
    flatten(JSON.parse(Buffer.from(body, 'latin1').toString('utf8')), 'json', parts, 0)
  } catch {
    parts.error = 'it is no JSON'
  }
}

/** `json.a.b`, and `json.a.array_0` of a list, as ModSecurity 3 names them. */
function flatten(value: unknown, name: string, parts: BodyParts, depth: number): void {
  if (depth > limits.jsonDepth || parts.args.length >= limits.values) {
    parts.error = 'it is nested too deep, or has too many values'
    return
  }
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) flatten(item, `${name}.array_${index}`, parts, depth + 1)
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value))
      flatten(item, `${name}.${bytesOf(key)}`, parts, depth + 1)
  else if (typeof value === 'string') parts.args.push({ name, value: bytesOf(value) })
  else parts.args.push({ name, value: value === null ? '' : JSON.stringify(value) })
}

/** A character for each byte of UTF-8. */
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

/** What stands outside of tags, and in attributes; entities that are declared are left as they are written. */
function readXml(body: string, { xml }: BodyParts): void {
  for (let at = 0; at < body.length;) {
    const tag = body.indexOf('<', at)
    const text = body.slice(at, tag < 0 ? body.length : tag)
    if (text.trim() !== '') xml.text.push(htmlEntityDecode(text))
    if (tag < 0) return
    at = body.startsWith('<![CDATA[', tag)
      ? readCdata(body, tag, xml.text)
      : readTag(body, tag, xml.attributes)
  }
}

function readCdata(body: string, tag: number, into: string[]): number {
  const found = body.indexOf(']]>', tag)
  const end = found < 0 ? body.length : found
  into.push(body.slice(tag + '<![CDATA['.length, end))
  return end + 3
}

/** Attributes in quotes; a tag ends at the first `>` outside of them. */
function readTag(body: string, tag: number, into: string[]): number {
  for (let at = tag + 1; at < body.length; at++) {
    if (body[at] === '>') return at + 1
    if (body[at] !== '"' && body[at] !== "'") continue
    const found = body.indexOf(body[at], at + 1)
    const end = found < 0 ? body.length : found
    if (into.length < limits.values) into.push(htmlEntityDecode(body.slice(at + 1, end)))
    at = end
  }
  return body.length
}
