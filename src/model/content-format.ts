/** How the bytes of a content are to be read; decides how a position in it gets a field's name. */
export type ContentFormat =
  | 'text'
  | 'json'
  | 'ndjson'
  | 'form'
  | 'multipart'
  | 'xml'
  | 'html'
  | 'csv'
  | 'tsv'
  /** `Name: value` lines of RFC 9112, without the start line. */
  | 'headers'
  /** A URL path, percent-encoded. */
  | 'path'
  | 'sql'
  | 'yaml'
  /** A message of RFC 5322 with its MIME parts. */
  | 'mail'
  /** Objects of MessagePack one after the other. */
  | 'msgpack'
  /** Documents of BSON one after the other. */
  | 'bson'
  /** An object container file of Avro. */
  | 'avro'
  /** A protocol buffer, without its schema. */
  | 'protobuf'
  /** Protocol buffers, each behind a flag and its length. */
  | 'grpc'
  /** vCard and iCalendar: a property a line. */
  | 'vcard'
  /** HL7 version 2 with its own separators. */
  | 'hl7'
  /** An archive: office documents are some. */
  | 'zip'
  | 'pdf'
  | 'binary'

/** How the records of a `csv` or `tsv` content are written, where the protocol says so. Characters are single bytes. */
export interface TableForm {
  /** Names of the columns; `[]` where they are not known. */
  columns: readonly string[]
  /** The first record names the columns, whatever it looks like. */
  hasHeader: boolean
  separator: number
  /** 0 where no character quotes. */
  quote: number
  /** Makes a quote within quotes one of the value: the quote itself in RFC 4180. */
  escape: number
}
