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
  | 'binary'
