import { DecodeStatus, type Packet } from './packet.ts'

/** Bytes of a packet that are kept where nobody understood its headers: those of Ethernet and of IPv6. */
const UNREAD_BYTES = 54

/** Where a decoded packet's headers end: those of its transport, and of a tunnel in it; of DNS and the like nothing is one. */
export function headersEnd({ status, start, end, payloadStart }: Packet): number {
  if (status !== DecodeStatus.ok && status !== DecodeStatus.fragment)
    return Math.min(end, start + UNREAD_BYTES)
  return Math.min(end, Math.max(start, payloadStart))
}
