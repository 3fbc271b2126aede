import type { ContentFormat, TableForm } from '../model/content-format.ts'
import type { Direction } from '../model/direction.ts'
import type { FlowDetails, Place } from '../model/records.ts'
import type { Microseconds } from '../lib/time.ts'

export type { ContentFormat } from '../model/content-format.ts'

/** A content that arrives in pieces. The bytes are only valid during the call. */
export interface ContentStream {
  /** `isLast` tells that `close` follows at once: a content that comes in one piece is then inspected where it lies. */
  write(bytes: Uint8Array, start: number, end: number, isLast?: boolean): void
  /** No more comes; `complete` is false when the rest was lost, cut or beyond a limit. */
  close(complete: boolean): void
}

export interface ContentOptions {
  /** Boundary of a multipart content, without the leading dashes. */
  boundary?: string
  /** How a table is written, where that is known: otherwise it is told from its first record. */
  table?: TableForm
  /** Media type as sent, for reports: `application/json`. */
  mediaType?: string
}

/** What parsers tell of as it happens, beside anomalies: those who look for threats weigh it by the flow that it is on. */
export type ProtocolEvent =
  /** A Content-Length or a chunk size below zero. */
  | 'http-negative-length'
  /** A request the end of which two recipients may see in two places. */
  | 'http-ambiguous-request'
  /** An answer of 401 or 403. */
  | 'http-denied'
  /** Over HTTP/2, a stream that either side gave up before its answer was whole. */
  | 'http2-stream-given-up'
  /** A client's frame of a head that does not end with it. */
  | 'http2-continuation'
  /** A client's frame that carries nothing: PING, SETTINGS, PRIORITY, DATA or CONTINUATION without any. */
  | 'http2-control'
  /** A server refused whoever wanted to log in. */
  | 'postgresql-login-refused'
  /** A question for a whole zone, for records of type NULL; a message most of which nobody could read. */
  | 'dns-zone-transfer'
  | 'dns-null-question'
  | 'dns-unread'
  /** A heartbeat asks for, or brings back, more than it had. */
  | 'tls-heartbeat-overread'
  /** An SSL 2.0 hello declares more ciphers than it has. */
  | 'tls-cipher-overflow'
  /** What was negotiated, or is all that the client has: SSL 2.0 or 3.0, TLS 1.0, TLS 1.1. */
  | 'tls-ssl'
  | 'tls-1.0'
  | 'tls-1.1'
  /** The server has TLS 1.3 and so has the client, and they came to less (RFC 8446 section 4.1.3). */
  | 'tls-downgrade'

/**
 * What a parser hands on. Content is inspected for personal data and attacks; nothing given here is kept beyond the
 * call unless copied. Names are constants or made once per connection, never per packet.
 */
export interface ProtocolSink {
  /** A whole content in one place: a query string, a header block, an SQL text. */
  content(
    direction: Direction,
    place: Place,
    format: ContentFormat,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): void
  /** A short decoded value under a known name: a bind parameter `$1`, a column `email`. */
  field(direction: Direction, place: Place, name: string, bytes: Uint8Array, start: number, end: number): void
  /** Contents and fields of the direction up to `endMessage`, or until the next begins, are one message. */
  beginMessage?(direction: Direction): void
  endMessage?(direction: Direction): void
  /** The fields up to `endRecord` are one record, such as a row. Both are called in the same call to the parser. */
  beginRecord?(direction: Direction): void
  endRecord?(): void
  /** Begins a content that comes in pieces, such as a body. */
  open(direction: Direction, place: Place, format: ContentFormat, options?: ContentOptions): ContentStream
  /** Something off or hostile in the protocol itself, by a stable kebab-case code: `http-conflicting-length`. Counted by code. */
  anomaly(code: string): void
  /**
   * Messages of the connection interleave: what follows, in either direction, belongs to message `id`, until the next call. 0: to the one
   * that began last, as where messages follow each other.
   */
  message?(id: number): void
  /** The request of the message that began has this method; `other` for one that nobody has registered. */
  method?(name: string): void
  /** Something that is in order, or told as an anomaly, and that matters to those who look for threats. */
  event?(event: ProtocolEvent): void
  /** A question that was asked: its name without escapes in `bytes[0, length)`, valid during the call. */
  asked?(name: Uint8Array, length: number): void
  /** The name that a client asks for in its hello. */
  serverName?(name: string): void
  /** The answer to a question was that there is no such name; the name is in `bytes[0, length)`, valid during the call. */
  unknownName?(name: Uint8Array, length: number): void
  /** A name that an answer gave an address: 4 or 16 network-order bytes, seconds to live. */
  resolved(name: string, address: Uint8Array, ttlSeconds: number): void
}

export interface ProtocolParser {
  /**
   * Reads what one direction sent, in order and without gaps, cut anywhere. Returns where it stopped: `end`, or less
   * when what follows is another protocol (after CONNECT, an upgrade, STARTTLS, SSLRequest). Then `handover` says in
   * which form, and the rest of both directions is identified anew.
   */
  data(direction: Direction, bytes: Uint8Array, start: number, end: number, time: Microseconds): number
  /** `length` bytes of a direction were lost. Returns false when it cannot find its place again: the rest is not parsed. */
  gap(direction: Direction, length: number): boolean
  /** A direction has ended (FIN), or the flow is given up: open contents are closed. */
  end(direction: Direction): void
  /** True once the connection now carries another protocol from where `data` stopped. */
  readonly handover: boolean
  /**
   * Where messages interleave: whether the request of this one has no byte of an answer yet, and one may follow on what its server has said.
   */
  awaitsAnswer?(message: number): boolean
  /**
   * After a handover: bytes of a direction that came, and were taken, before it was known that they belong to the other
   * protocol (sent behind CONNECT before its answer). They come before whatever that direction sends from then on.
   */
  early?(direction: Direction): Uint8Array | undefined
  /**
   * Whether it holds bytes of a direction that it has not handed on, because what they belong to is not whole: they were read by
   * whoever receives them, and inspected by nobody yet. Absent: never.
   */
  holds?(direction: Direction): boolean
  /** Whether a message of a direction has begun and is not whole. Absent: it cannot tell. */
  isWithin?(direction: Direction): boolean
  /**
   * The application that is spoken in the protocol, where it can be another than the protocol's own; undefined as long as that is not
   * known. Absent: the protocol's own.
   */
  spoken?(): string | undefined
  /** True when what is carried from here on is encrypted. */
  readonly encrypted: boolean
  /** True while what was said may yet lead to encryption: asked for and not answered, a handshake under way. Absent: never. */
  readonly isAskingForEncryption?: boolean
  /** Writes what it learnt of the connection into the flow's record; called once, when the record is made. */
  describe(details: FlowDetails): void
}

export const Verdict = { no: 0, maybe: 1, yes: 2 } as const
export type Verdict = (typeof Verdict)[keyof typeof Verdict]

/** What identification looks at: the first bytes of each direction so far, at most `limits.probeBytes`. */
export interface Protocol {
  /** NeuVector's application name: `HTTP`, `SSL`, `DNS`, `PostgreSQL`. */
  readonly application: string
  /** What else `spoken` of its parser may tell. */
  readonly otherApplications?: readonly string[]
  readonly transport: 'tcp' | 'udp' | 'both'
  /**
   * Tells from content whether `bytes[start, end)`, the beginning of what a direction sent (a datagram for UDP), is this
   * protocol: `no` for ever, `maybe` with more bytes, `yes`. Ports may break a tie, never decide alone.
   */
  probe(direction: Direction, bytes: Uint8Array, start: number, end: number, serverPort: number): Verdict
  create(sink: ProtocolSink, transport: 'tcp' | 'udp'): ProtocolParser
}
