import { IpProtocol, type Packet } from '../../packet/packet.ts'
import type { End, FilterNode } from './filter-node.ts'

/** Whether a packet, as it was decoded, is as the filter asks. Of tunnels it is what is in them that counts. Allocates nothing. */
export function matches(filter: FilterNode | undefined, packet: Packet): boolean {
  if (filter === undefined) return true
  switch (filter.kind) {
    case 'and':
      for (const part of filter.parts) if (!matches(part, packet)) return false
      return true
    case 'or':
      for (const part of filter.parts) if (matches(part, packet)) return true
      return false
    case 'not':
      return !matches(filter.part, packet)
    default:
      return packet.ipVersion !== 0 && isAs(filter, packet)
  }
}

function isAs(filter: Exclude<FilterNode, { kind: 'and' | 'or' | 'not' }>, packet: Packet): boolean {
  switch (filter.kind) {
    case 'version':
      return packet.ipVersion === filter.version
    case 'protocol':
      return packet.protocol === filter.protocol
    case 'net':
      return isWithin(filter, packet)
    case 'ports':
      return hasPorts(packet) && isBetween(filter, packet)
  }
}

function isWithin({ end, address, prefix }: Extract<FilterNode, { kind: 'net' }>, packet: Packet): boolean {
  if ((packet.ipVersion === 6 ? 16 : 4) !== address.length) return false
  const { bytes, sourceAt, destinationAt } = packet
  return (
    (end !== 'destination' && begins(bytes, sourceAt, address, prefix)) ||
    (end !== 'source' && begins(bytes, destinationAt, address, prefix))
  )
}

function begins(bytes: Uint8Array, at: number, address: Uint8Array, prefix: number): boolean {
  const whole = prefix >> 3
  for (let i = 0; i < whole; i++) if (bytes[at + i] !== address[i]) return false
  const rest = prefix & 7
  return rest === 0 || (bytes[at + whole] ^ address[whole]) >> (8 - rest) === 0
}

function hasPorts({ protocol }: Packet): boolean {
  return protocol === IpProtocol.tcp || protocol === IpProtocol.udp || protocol === IpProtocol.sctp
}

function isBetween({ end, from, to }: { end: End; from: number; to: number }, packet: Packet): boolean {
  const { sourcePort, destinationPort } = packet
  const isSource = sourcePort >= from && sourcePort <= to
  const isDestination = destinationPort >= from && destinationPort <= to
  return (end !== 'destination' && isSource) || (end !== 'source' && isDestination)
}
