/** Address and port. */
export interface Peer {
  address: string
  port: number
}

/** A request as it was sent, each character a byte; the body with its encoding taken off. */
export interface HttpRequest {
  method: string
  /** With the query, as in the request line. */
  target: string
  /** `HTTP/1.1`. */
  protocol: string
  headers: readonly (readonly [name: string, value: string])[]
  body: string
  client: Peer
  server: Peer
}

/** What was answered. */
export interface HttpResponse {
  status: number
  protocol: string
  headers: readonly (readonly [name: string, value: string])[]
  body: string
}

/** Header lines as they were sent, in their order, those without a value too. */
export function headersOf(text: string): [name: string, value: string][] {
  return text.split('\n').flatMap((line): [name: string, value: string][] => {
    const colon = line.indexOf(':')
    return colon <= 0 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]]
  })
}
