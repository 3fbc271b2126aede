import type { ContentFormat } from '../model/content-format.ts'
import { AvroTracker } from './avro.ts'
import { BsonTracker } from './bson.ts'
import { ContentLinesReader } from './content-lines.ts'
import type { FieldTracker } from './field-tracker.ts'
import { noFields } from './field-tracker.ts'
import { FileReader } from './files/file-reader.ts'
import { GrpcTracker } from './grpc.ts'
import { HeadersTracker } from './headers.ts'
import { Hl7Tracker } from './hl7.ts'
import { JsonTracker } from './json.ts'
import { MailTracker } from './mail.ts'
import { MessagePackTracker } from './message-pack.ts'
import { MultipartTracker } from './multipart.ts'
import { ProtobufTracker } from './protobuf.ts'
import { SqlTracker } from './sql.ts'
import { TableTracker } from './table.ts'
import { XmlTracker } from './xml.ts'
import { YamlTracker } from './yaml.ts'

/** Makes the tracker of a format. Forms and paths are not here: they are decoded first, see `form.ts`. */
export function makeTracker(format: ContentFormat): FieldTracker {
  switch (format) {
    case 'json':
    case 'ndjson':
      return new JsonTracker()
    case 'headers':
      return new HeadersTracker()
    case 'xml':
      return new XmlTracker(false)
    case 'html':
      return new XmlTracker(true)
    case 'csv':
      return new TableTracker(0)
    case 'tsv':
      return new TableTracker(0x09)
    case 'sql':
      return new SqlTracker()
    case 'yaml':
      return new YamlTracker()
    case 'multipart':
      return new MultipartTracker(({ mediaType, fileName }) => makeFileTracker(mediaType, fileName))
    case 'mail':
      return new MailTracker((mediaType) => makePartTracker(mediaType))
    case 'msgpack':
      return new MessagePackTracker()
    case 'bson':
      return new BsonTracker()
    case 'avro':
      return new AvroTracker()
    case 'protobuf':
      return new ProtobufTracker()
    case 'grpc':
      return new GrpcTracker()
    case 'hl7':
      return new Hl7Tracker()
    case 'vcard':
      return new ContentLinesReader()
    case 'zip':
    case 'pdf':
      return new FileReader()
    default:
      return noFields
  }
}

/**
 * A mail nests its parts itself; in a form, the names of an inner multipart would say nothing more. Who reads a mail ends no
 * files.
 */
function makePartTracker(mediaType: string): FieldTracker {
  const format = formatOfMediaType(mediaType)
  return format === 'multipart' || isFile(format) ? noFields : makeTracker(format)
}

function isFile(format: ContentFormat): boolean {
  return format === 'zip' || format === 'pdf'
}

/** Senders declare no type for a file, or that it is bytes: then its name may tell. */
function makeFileTracker(mediaType: string, fileName: string): FieldTracker {
  const declared = formatOfMediaType(mediaType)
  if (isFile(declared)) return new FileReader()
  if (declared !== 'text' && declared !== 'binary') return makePartTracker(mediaType)
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1].toLowerCase() ?? ''
  if (Object.hasOwn(EXTENSIONS, extension)) return makeTracker(EXTENSIONS[extension])
  return declared === 'binary' && fileName !== '' ? new FileReader(true) : makePartTracker(mediaType)
}

const EXTENSIONS: Record<string, ContentFormat> = {
  json: 'json',
  ndjson: 'ndjson',
  jsonl: 'ndjson',
  xml: 'xml',
  html: 'html',
  htm: 'html',
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  sql: 'sql',
  yaml: 'yaml',
  yml: 'yaml',
  hl7: 'hl7',
  vcf: 'vcard',
  ics: 'vcard',
  eml: 'mail',
  zip: 'zip',
  docx: 'zip',
  xlsx: 'zip',
  pptx: 'zip',
  odt: 'zip',
  ods: 'zip',
  odp: 'zip',
  pdf: 'pdf',
}

/** Format of a media type (RFC 9110 section 8.3, structured suffixes of RFC 6839 and 9512); `text` where it has no structure. */
export function formatOfMediaType(value: string): ContentFormat {
  const semicolon = value.indexOf(';')
  const type = (semicolon < 0 ? value : value.slice(0, semicolon)).trim().toLowerCase()
  if (Object.hasOwn(FORMATS, type)) return FORMATS[type]
  if (officeTypes.test(type)) return 'zip'
  if (type.endsWith('+json')) return 'json'
  if (type.endsWith('+xml')) return 'xml'
  if (type.endsWith('+yaml')) return 'yaml'
  if (type.endsWith('+msgpack')) return 'msgpack'
  if (type.endsWith('+protobuf')) return 'protobuf'
  if (type.endsWith('+er7')) return 'hl7'
  if (type.startsWith('multipart/')) return 'multipart'
  if (
    type.startsWith('image/') ||
    type.startsWith('audio/') ||
    type.startsWith('video/') ||
    type.startsWith('font/')
  ) {
    return 'binary'
  }
  return 'text'
}

/** Office Open XML and OpenDocument, with macros and templates. */
const officeTypes =
  /^application\/(?:vnd\.openxmlformats-officedocument\.|vnd\.oasis\.opendocument\.|vnd\.ms-(?:word|excel|powerpoint)\..*macroenabled)/

const FORMATS: Record<string, ContentFormat> = {
  'application/json': 'json',
  'text/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'application/x-www-form-urlencoded': 'form',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'application/sql': 'sql',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
  'text/x-yaml': 'yaml',
  'message/rfc822': 'mail',
  'message/global': 'mail',
  'application/msgpack': 'msgpack',
  'application/x-msgpack': 'msgpack',
  'application/vnd.msgpack': 'msgpack',
  'application/bson': 'bson',
  'application/x-bson': 'bson',
  'application/avro': 'avro',
  'application/x-avro': 'avro',
  'application/x-avro-binary': 'avro',
  'application/vnd.apache.avro': 'avro',
  'avro/binary': 'avro',
  'application/protobuf': 'protobuf',
  'application/x-protobuf': 'protobuf',
  'application/x-google-protobuf': 'protobuf',
  'application/vnd.google.protobuf': 'protobuf',
  'application/grpc': 'grpc',
  'application/grpc+proto': 'grpc',
  'application/grpc-web': 'grpc',
  'application/grpc-web+proto': 'grpc',
  'application/hl7-v2': 'hl7',
  'application/edi-hl7': 'hl7',
  'text/x-hl7-ft': 'hl7',
  'text/vcard': 'vcard',
  'text/x-vcard': 'vcard',
  'text/directory': 'vcard',
  'text/calendar': 'vcard',
  'application/octet-stream': 'binary',
  'application/zip': 'zip',
  'application/x-zip-compressed': 'zip',
  'application/pdf': 'pdf',
  'application/x-pdf': 'pdf',
  'application/wasm': 'binary',
}
