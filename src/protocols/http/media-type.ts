import { latin1 } from '../../lib/bytes.ts'
import { Interned } from '../../lib/interned.ts'
import { formatOfMediaType } from '../../content/trackers.ts'
import type { ContentFormat, ContentOptions } from '../protocol.ts'
import { Anomaly } from './anomalies.ts'
import { limits } from './limits.ts'

/** What a Content-Type says about how a body is to be read. */
export interface MediaType {
  readonly format: ContentFormat
  /** How much the declaration counts against what the body's first bytes say. */
  readonly trust: Trust
  readonly options: ContentOptions
  /** What is off in the declaration itself. */
  readonly anomaly: Anomaly | undefined
}

/**
 * `firm`: taken as declared. `structured`: unless the first byte begins another structure. `text`: a structure that the
 * first bytes show is believed, binary is not, so that a leading NUL hides nothing. `none`: the first bytes decide.
 */
export type Trust = 'firm' | 'structured' | 'text' | 'none'

export const UNDECLARED: MediaType = { format: 'text', trust: 'none', options: {}, anomaly: undefined }

const TRUST: Record<ContentFormat, Trust> = {
  json: 'structured',
  xml: 'structured',
  html: 'structured',
  yaml: 'structured',
  form: 'structured',
  ndjson: 'firm',
  csv: 'firm',
  tsv: 'firm',
  sql: 'firm',
  multipart: 'firm',
  mail: 'firm',
  msgpack: 'firm',
  bson: 'firm',
  avro: 'firm',
  protobuf: 'firm',
  grpc: 'firm',
  hl7: 'firm',
  vcard: 'structured',
  zip: 'structured',
  pdf: 'structured',
  headers: 'firm',
  path: 'firm',
  text: 'none',
  binary: 'none',
}

/** Text that may begin with a brace and is no JSON. */
const CODE = new Set(['text/css', 'text/javascript', 'application/javascript', 'application/x-javascript'])

/** Beginnings of charsets in which text looks like something else to whoever reads it as UTF-8. */
const UNUSUAL_CHARSETS = [
  'utf-7',
  'utf7',
  'utf-16',
  'utf16',
  'utf-32',
  'utf32',
  'ucs-',
  'ibm',
  'cp037',
  'ebcdic',
]

/** Reads a Content-Type value (RFC 9110 section 8.3). */
export function parseMediaType(bytes: Uint8Array, start: number, end: number): MediaType {
  const value = latin1(bytes, start, Math.min(end, start + limits.interned.valueBytes))
  const semicolon = value.indexOf(';')
  const name = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase()
  const parameters = semicolon < 0 ? [] : readParameters(value, semicolon + 1)
  const mediaType = name.slice(0, limits.mediaTypeBytes)
  if (name.startsWith('multipart/')) return multipart(mediaType, parameters)
  const format = formatOfMediaType(name)
  const charset = parameters.find(([key]) => key === 'charset')?.[1].toLowerCase() ?? ''
  const isUnusual = UNUSUAL_CHARSETS.some((beginning) => charset.startsWith(beginning))
  const anomaly = isUnusual ? Anomaly.charset : undefined
  return {
    format: format === 'binary' ? 'text' : format,
    trust: trustOf(name, format),
    options: { mediaType },
    anomaly,
  }
}

/** What Content-Type values say, by the value: most were seen before. */
export const mediaTypes = new Interned(limits.interned, parseMediaType)

function trustOf(name: string, format: ContentFormat): Trust {
  if (CODE.has(name)) return 'firm'
  const isText = name.startsWith('text/') || name.startsWith('message/')
  return isText && format === 'text' ? 'text' : TRUST[format]
}

type Parameter = [name: string, value: string]

/** One boundary of at most 70 characters, or recipients differ about where the parts are (RFC 2046 section 5.1.1). */
function multipart(mediaType: string, parameters: Parameter[]): MediaType {
  const boundaries = parameters.filter(([name]) => name === 'boundary' || name.startsWith('boundary*'))
  const boundary = boundaries[0]?.[1] ?? ''
  const fits = boundary !== '' && boundary.length <= limits.boundaryBytes
  const isPlain = boundaries.length === 1 && boundaries[0][0] === 'boundary'
  const anomaly = fits && isPlain ? undefined : Anomaly.multipartBoundary
  if (!fits) return { format: 'text', trust: 'firm', options: { mediaType }, anomaly }
  return { format: 'multipart', trust: 'firm', options: { mediaType, boundary }, anomaly }
}

/** `name=value` or `name="quoted value"`, RFC 9110 section 5.6.6; names in lower case. */
function readParameters(value: string, from: number): Parameter[] {
  const parameters: Parameter[] = []
  let at = from
  while (at < value.length) {
    const equals = value.indexOf('=', at)
    if (equals < 0) break
    const name = value.slice(at, equals).replaceAll(';', ' ').trim().toLowerCase()
    const quoted = value[equals + 1] === '"'
    const [text, next] = quoted ? readQuoted(value, equals + 2) : readToken(value, equals + 1)
    parameters.push([name, text])
    at = next
  }
  return parameters
}

function readToken(value: string, from: number): [text: string, next: number] {
  const semicolon = value.indexOf(';', from)
  const end = semicolon < 0 ? value.length : semicolon
  return [value.slice(from, end).trim(), end + 1]
}

function readQuoted(value: string, from: number): [text: string, next: number] {
  let text = ''
  let at = from
  while (at < value.length && value[at] !== '"') {
    if (value[at] === '\\') at++
    text += value[at++] ?? ''
  }
  const semicolon = value.indexOf(';', at)
  return [text, semicolon < 0 ? value.length : semicolon + 1]
}
