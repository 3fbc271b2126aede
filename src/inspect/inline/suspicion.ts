import { type Packet, TcpFlag } from '../../packet/packet.ts'

/** What weighs on the decision about the packet at hand, as bits. */
export const Suspicion = {
  /** It says something else about bytes than what was inspected. */
  differs: 1,
  /** No receiver takes it, or only one that reads another stream than is inspected. */
  refused: 2,
  /** Urgent data: receivers take it out of the stream, or do not, as they like (RFC 6093 section 3). */
  urgent: 4,
  /** Bytes before it were not there to be inspected. */
  gap: 8,
  /** It says bytes again of which it is not known any more what they were. */
  unverified: 16,
  /** A content could not be read to its end. */
  unreadable: 32,
  /** It goes on with a connection of which nothing was seen, long after inspection began. */
  late: 64,
} as const

const suspicions: ReadonlyMap<string, number> = new Map([
  ['tcp-overlap-differs', Suspicion.differs],
  ['tcp-data-after-fin', Suspicion.refused],
  ['tcp-data-out-of-window', Suspicion.refused],
  ['tcp-reset-out-of-window', Suspicion.refused],
  ['tcp-no-room', Suspicion.refused],
  ['tcp-unverified', Suspicion.unverified],
  ...unreadable('nested', ['cut', 'corrupt', 'ratio', 'size', 'memory', 'unsupported']),
  ...unreadable('file', ['too-large', 'encrypted', 'damaged', 'limit']),
  ...unreadable('http-encoding', ['corrupt', 'ratio', 'size', 'memory', 'unsupported', 'layers']),
  ...unreadable('http', [
    'body-gap',
    'head-too-large',
    'head-memory',
    'chunk-size-invalid',
    'unexpected-data',
  ]),
  // Its ends may not agree where a message ends (RFC 9112 section 11.2).
  ...unreadable('http', ['conflicting-length', 'length-and-transfer-encoding', 'transfer-encoding-invalid']),
  ...unreadable('postgresql', ['message-memory', 'statement-memory', 'long-message', 'malformed-message']),
  ...unreadable('postgresql', ['bad-length', 'out-of-step', 'request-overflow', 'malformed-copy', 'gap']),
  ...unreadable('dns', ['malformed', 'malformed-record', 'message-memory']),
])

function unreadable(prefix: string, codes: readonly string[]): [code: string, suspicion: number][] {
  return codes.map((code) => [`${prefix}-${code}`, Suspicion.unreadable])
}

/** What an anomaly of a flow means for the packet that brought it; 0 where it is only told of. */
export function suspicionOf(code: string, packet: Packet): number {
  // Of several SYNs that counts which is answered; of several answers the first.
  if (code === 'tcp-syn-differs') return (packet.tcpFlags & TcpFlag.ack) === 0 ? 0 : Suspicion.refused
  return suspicions.get(code) ?? 0
}

/**
 * What is wrong with a segment by itself, before it is inspected: it may be taken by its receiver and not by us, or the other way round.
 *
 * @param isAnswered - the server has answered the SYN, so that it is known where the streams begin
 */
export function segmentSuspicion(packet: Packet, isAnswered: boolean): number {
  const { ack, syn, rst, fin, urg } = TcpFlag
  const { tcpFlags: flags, payloadLength } = packet
  if ((flags & syn) !== 0) {
    // Data of a SYN may be taken or not (RFC 7413); its sender goes on without where it is lost.
    return payloadLength > 0 || (flags & (rst | fin)) !== 0 ? Suspicion.refused : 0
  }
  if (payloadLength === 0 || (flags & rst) !== 0) return 0
  if ((flags & urg) !== 0) return Suspicion.urgent
  return (flags & ack) !== 0 && isAnswered ? 0 : Suspicion.refused
}
