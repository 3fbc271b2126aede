import { formatAddress, parseAddress } from '../lib/ip.ts'
import { type FlowEnd, flowEndNames, type FlowSink } from './flow-end.ts'
import { FlowTable, type FlowTableOptions } from './flow-table.ts'
import { IpProtocol, Packet } from './packet.ts'

/** What a test says of a packet; the rest has defaults. */
export interface PacketFields {
  /** `10.0.0.1:80`, `[2001:db8::1]:80`; without a port for ICMP and others. */
  from: string
  to: string
  protocol?: number
  flags?: number
  sequence?: number
  acknowledgment?: number
  payload?: Uint8Array
  /** Of the payload, captured. */
  captured?: number
  seconds?: number
  networkId?: number
}

export const START_US = 1_700_000_000_000_000
const NOTHING = new Uint8Array(0)

/** A packet as decoding leaves it, of 40 bytes and its payload on the wire. */
export function packetOf(fields: PacketFields): Packet {
  const packet = new Packet()
  const source = endpointOf(fields.from)
  const destination = endpointOf(fields.to)
  const payload = fields.payload ?? NOTHING
  const headers = source.address.length + destination.address.length
  packet.bytes = Buffer.concat([source.address, destination.address, payload])
  packet.ipVersion = source.address.length === 4 ? 4 : 6
  packet.sourceAt = 0
  packet.destinationAt = source.address.length
  packet.sourcePort = source.port
  packet.destinationPort = destination.port
  packet.protocol = fields.protocol ?? IpProtocol.tcp
  packet.tcpFlags = fields.flags ?? 0
  packet.sequence = (fields.sequence ?? 0) >>> 0
  packet.acknowledgment = (fields.acknowledgment ?? 0) >>> 0
  packet.payloadStart = headers
  packet.payloadLength = payload.length
  packet.payloadEnd = headers + (fields.captured ?? payload.length)
  packet.networkLength = 40 + payload.length
  packet.networkId = fields.networkId ?? 0
  packet.time = START_US + Math.round((fields.seconds ?? 0) * 1e6)
  return packet
}

function endpointOf(text: string): { address: Uint8Array; port: number } {
  const [, ipv6, ipv4, port] = /^(?:\[(.+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  const address = parseAddress(ipv6 ?? ipv4 ?? '')
  if (address === undefined) throw new TypeError(`no endpoint: ${text}`)
  return { address, port: Number(port ?? 0) }
}

/** A table that keeps a list of what ended, as `10.0.0.1:1000>10.0.0.2:80 reason state packets+packets`. */
export class LoggedTable {
  readonly ended: string[] = []
  readonly flows: FlowTable

  constructor(options: Partial<FlowTableOptions> = {}) {
    const sink: FlowSink = { ended: (flow, reason) => this.#log(flow, reason) }
    this.flows = new FlowTable(sink, { seed: [0x01234567, 0x89abcdef], ...options })
  }

  track(fields: PacketFields): number {
    return this.flows.track(packetOf(fields))
  }

  /** Client and server of a flow. */
  ends(flow: number): string {
    const { flows } = this
    const client = `${formatAddress(flows.clientAddress(flow))}:${flows.clientPort(flow)}`
    return `${client}>${formatAddress(flows.serverAddress(flow))}:${flows.serverPort(flow)}`
  }

  #log(flow: number, reason: FlowEnd): void {
    const { flows } = this
    const counts = `${flows.packets(flow, 0)}+${flows.packets(flow, 1)}`
    this.ended.push(`${this.ends(flow)} ${flowEndNames[reason]} ${flows.state(flow)} ${counts}`)
  }
}
