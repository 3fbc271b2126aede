import { FrameFlag, FrameType } from '../../protocols/http2/frames.ts'

/** What a request is refused for. */
export type RefusalReason = 'attack' | 'personal-data'

const sentences: Record<RefusalReason, string> = {
  attack: 'This request was refused: it looks like an attack.',
  'personal-data': 'This request was refused: it holds personal data that may not be sent here.',
}

/**
 * A whole answer of HTTP/1.1 (RFC 9110 section 15.5.4) for a client whose request is not forwarded. It fits into one segment of any
 * network (RFC 9293 section 3.7.1), says nothing of what was found, and names an incident by which it can be asked about.
 *
 * @param incident id of the flow's records: letters, digits and dashes
 */
export function refusalPage(reason: RefusalReason, incident: string): Uint8Array {
  const body = bodyOf(reason, incident)
  const head =
    'HTTP/1.1 403 Forbidden\r\nContent-Type: text/html; charset=utf-8\r\n' +
    `Content-Length: ${body.length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n`
  return Buffer.from(head + body, 'latin1')
}

/**
 * The same as frames of HTTP/2 (RFC 9113) for the request of a stream, and that the connection ends: HEADERS and DATA with the answer, RST_STREAM
 * that asks for no more of the request (section 8.1), GOAWAY.
 *
 * @param stream of a client
 */
export function refusalFrames(reason: RefusalReason, incident: string, stream: number): Uint8Array {
  const body = Buffer.from(bodyOf(reason, incident), 'latin1')
  const head = Buffer.concat([
    field(StaticName.status, '403'),
    field(StaticName.contentType, 'text/html; charset=utf-8'),
    field(StaticName.contentLength, String(body.length)),
    field(StaticName.cacheControl, 'no-store'),
  ])
  return Buffer.concat([
    frame({ type: FrameType.headers, flags: FrameFlag.endHeaders, stream }, head),
    frame({ type: FrameType.data, flags: FrameFlag.endStream, stream }, body),
    frame({ type: FrameType.resetStream, flags: 0, stream }, longs(NO_ERROR)),
    frame({ type: FrameType.goAway, flags: 0, stream: 0 }, longs(stream, NO_ERROR)),
  ])
}

/** RFC 9113 section 7. */
const NO_ERROR = 0
/** Indexes of names in the static table of HPACK (RFC 7541 appendix A). */
const StaticName = { status: 8, cacheControl: 24, contentLength: 28, contentType: 31 } as const
/** What four bits hold of an index (section 5.1). */
const FOUR_BITS = 15

/** A literal field that no table takes up (section 6.2.2): what client and server have in theirs is not touched. */
function field(name: number, value: string): Buffer {
  const index = name < FOUR_BITS ? [name] : [FOUR_BITS, name - FOUR_BITS]
  return Buffer.concat([Buffer.of(...index, value.length), Buffer.from(value, 'latin1')])
}

function frame(head: { type: number; flags: number; stream: number }, payload: Uint8Array): Buffer {
  const { type, flags, stream } = head
  const length = payload.length
  return Buffer.concat([Buffer.of(length >> 16, length >> 8, length, type, flags), longs(stream), payload])
}

function longs(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i)
  return bytes
}

function bodyOf(reason: RefusalReason, incident: string): string {
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>403 Forbidden</title><h1>Forbidden</h1>' +
    `<p>${sentences[reason]}<p>If it should have passed, tell whoever runs this service the incident: ` +
    `<code>${incident}</code></html>\n`
  )
}
