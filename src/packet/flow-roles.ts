import { IpProtocol, type Packet, TcpFlag } from './packet.ts'

/**
 * Ports above 1023 on which services listen, of the IANA registry and of common use: where one end has one of these,
 * it is the server although the other's port may be lower (a client of NFS sends from 600 to 1023).
 */
const SERVICE_PORTS: readonly number[] = [
  1080, 1194, 1433, 1434, 1521, 1645, 1646, 1701, 1723, 1812, 1813, 1883, 1900, 2049, 2123, 2152, 2181, 2375,
  2376, 2377, 2379, 2380, 2483, 2484, 2888, 3000, 3128, 3268, 3269, 3306, 3389, 3478, 3544, 3784, 3799, 3868,
  4222, 4317, 4318, 4369, 4500, 4646, 4647, 4648, 4789, 4790, 5000, 5004, 5044, 5060, 5061, 5222, 5223, 5269,
  5349, 5353, 5355, 5432, 5433, 5601, 5671, 5672, 5683, 5684, 5900, 5984, 5985, 5986, 6000, 6081, 6379, 6380,
  6443, 6514, 6640, 6667, 6697, 7000, 7001, 7199, 7473, 7474, 7687, 7946, 8000, 8008, 8080, 8081, 8086, 8088,
  8125, 8200, 8300, 8301, 8302, 8333, 8443, 8472, 8500, 8600, 8883, 8888, 9000, 9042, 9080, 9090, 9092, 9093,
  9094, 9100, 9160, 9200, 9300, 9411, 9418, 9443, 9999, 10_000, 10_250, 10_255, 10_256, 10_257, 10_259,
  11_211, 15_001, 15_006, 15_010, 15_012, 15_672, 16_379, 20_000, 25_565, 26_257, 26_379, 27_017, 27_018,
  27_019, 28_015, 32_400, 33_060, 36_412, 38_412, 44_818, 47_808, 50_000, 50_051, 50_070, 51_820, 61_613,
  61_616,
]

/** System ports (RFC 6335) that only the client's end of a protocol uses: BOOTP and DHCPv6. */
const CLIENT_PORTS: readonly number[] = [68, 546]

/** Linux gives connections ports from here on (net.ipv4.ip_local_port_range); IANA's dynamic range begins at 49152. */
const FIRST_EPHEMERAL_PORT = 32_768
const SYSTEM_PORTS = 1024

/** How much a port looks like a server's: 0 ephemeral, 1 registered, 2 system, 3 of a known service. */
const likelihood = portLikelihood()

function portLikelihood(): Uint8Array {
  const table = new Uint8Array(65_536)
  table.fill(2, 0, SYSTEM_PORTS).fill(1, SYSTEM_PORTS, FIRST_EPHEMERAL_PORT)
  for (const port of SERVICE_PORTS) table[port] = 3
  for (const port of CLIENT_PORTS) table[port] = 0
  return table
}

/** SCTP chunk types, RFC 9260 section 3.2. */
const SctpChunk = { init: 1, initAck: 2 } as const

/**
 * Whether the sender of a flow's first seen packet is its client. A handshake tells; elsewhere the port that looks more
 * like a service's is the server's; where both look alike the one who spoke first is the client.
 */
export function isSentByClient(packet: Packet): boolean {
  switch (packet.protocol) {
    case IpProtocol.tcp:
      if ((packet.tcpFlags & TcpFlag.syn) === 0) return isClientByPorts(packet)
      return (packet.tcpFlags & TcpFlag.ack) === 0
    case IpProtocol.udp:
      return isToGroup(packet) || isClientByPorts(packet)
    case IpProtocol.sctp:
      return isSctpInit(packet)
    case IpProtocol.icmp:
    case IpProtocol.icmp6:
      // Of an echo, the identifier stands on the asking side.
      return packet.sourcePort !== 0 || packet.destinationPort === 0
    default:
      return true
  }
}

function isClientByPorts(packet: Packet): boolean {
  return likelihood[packet.sourcePort] <= likelihood[packet.destinationPort]
}

function isSctpInit(packet: Packet): boolean {
  const chunk = packet.payloadStart < packet.payloadEnd ? packet.bytes[packet.payloadStart] : 0
  if (chunk === SctpChunk.init) return true
  return chunk !== SctpChunk.initAck && isClientByPorts(packet)
}

/** Multicast and IPv4's limited broadcast: a group never is who asks. */
function isToGroup(packet: Packet): boolean {
  const first = packet.bytes[packet.destinationAt]
  return packet.ipVersion === 6 ? first === 0xff : first >= 0xe0
}
