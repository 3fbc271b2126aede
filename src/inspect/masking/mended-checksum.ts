import { u16 } from '../../lib/bytes.ts'
import { IpProtocol } from '../../packet/packet.ts'
import { checksumOf, setChecksum } from '../inline/checksum.ts'
import type { RecordedPayload } from './recorded-packets.ts'

/** Where the checksum stands in the header of the transport (RFC 9293 section 3.1, RFC 768). */
const TCP_CHECKSUM_AT = 16
const UDP_CHECKSUM_AT = 6

/** Sets the checksum of a segment or datagram whose payload was changed. Of one that was not recorded whole nobody can check it. */
export function mendChecksum(file: Uint8Array, payload: RecordedPayload): void {
  const { transportAt, end, protocol, isWhole, sourceAt, ipVersion } = payload
  if (!isWhole) return
  const isUdp = protocol === IpProtocol.udp
  const at = transportAt + (isUdp ? UDP_CHECKSUM_AT : TCP_CHECKSUM_AT)
  // Over IPv4 a datagram may have none.
  if (isUdp && ipVersion === 4 && u16(file, at) === 0) return
  setChecksum(file, at, 0)
  // Source and destination follow on each other in both versions (RFC 791, RFC 8200 section 8.1).
  const addresses = ipVersion === 4 ? 8 : 32
  let sum = protocol + end - transportAt
  for (let i = 0; i < addresses; i += 2) sum += u16(file, sourceAt + i)
  const checksum = checksumOf(file, transportAt, end, sum)
  setChecksum(file, at, isUdp && checksum === 0 ? 0xffff : checksum)
}
