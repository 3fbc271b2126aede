import { DecodeStatus, IpProtocol, type Packet, TcpFlag } from '../../packet/packet.ts'

/** Where the payload of a packet lies in the file, and what it is a part of. */
export interface RecordedPayload {
  /** In the file: `[start, end)`; the transport's header begins at `transportAt`. */
  start: number
  end: number
  transportAt: number
  sourceAt: number
  ipVersion: number
  protocol: number
  /** All of the payload is there. */
  isWhole: boolean
  /** Of the flow. */
  side: number
  /** Of its first byte in the stream: a signed word. */
  sequence: number
}

/** The payloads of one flow, and what of them is a person's. */
export class RecordedFlow {
  readonly payloads: RecordedPayload[] = []
  /** Values in the file, `[start, end)` each. */
  readonly places: [start: number, end: number][] = []
  /** Values that were put together elsewhere. */
  readonly values: Uint8Array[] = []
  /** Of the values, with those that are looked for again. */
  valueBytes = 0
  /** A value is not known as it was, or there are too many: all of the payload is covered. */
  isCovered = false
}

/** Whether the payload of a packet is inspected as it lies there: not in a fragment, and of no other protocol than these two. */
export function isReadable({ status, protocol }: Packet): boolean {
  return status === DecodeStatus.ok && (protocol === IpProtocol.tcp || protocol === IpProtocol.udp)
}

export function payloadOf(packet: Packet, side: number): RecordedPayload {
  const { payloadStart: start, payloadEnd: end, payloadLength, transportAt, sourceAt, protocol } = packet
  const isTcp = protocol === IpProtocol.tcp
  const syn = isTcp && (packet.tcpFlags & TcpFlag.syn) !== 0 ? 1 : 0
  return {
    ...{ start, end, transportAt, sourceAt, protocol, side },
    ipVersion: packet.ipVersion,
    isWhole: end - start === payloadLength,
    sequence: isTcp ? (packet.sequence + syn) | 0 : 0,
  }
}
