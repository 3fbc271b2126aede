import { Direction } from '../../model/direction.ts'
import { FlowPhase } from '../../packet/flow-phase.ts'
import { i32 } from '../../lib/bytes.ts'
import { type Packet, TcpFlag } from '../../packet/packet.ts'
import type { ThreatDefinition } from '../threat.ts'
import type { DetectorContext } from '../detector-context.ts'
import { DistinctMeter } from '../meters/distinct-meter.ts'

const { syn: SYN, ack: ACK, rst: RST } = TcpFlag

/** A kind of scan: what it is told as, and what it counts. */
interface Scan {
  threat: ThreatDefinition
  meter: DistinctMeter
}

/**
 * Port and host scans, by what was tried and did not answer: who talks to many open ports, or to many hosts that are there, does not
 * scan. Fast ones within a minute, slow ones within an hour.
 */
export class Scans {
  readonly #context: DetectorContext
  readonly #ports: readonly Scan[]
  readonly #hosts: readonly Scan[]
  readonly #datagrams: readonly Scan[]

  constructor(context: DetectorContext) {
    const { portScan, slowPortScan, hostScan, slowHostScan, udpScan } = context.threats
    this.#context = context
    this.#ports = [portScan, slowPortScan].map(scanOf)
    this.#hosts = [hostScan, slowHostScan].map(scanOf)
    this.#datagrams = [scanOf(udpScan)]
  }

  tcp(packet: Packet, flow: number): void {
    const kind = packet.tcpFlags & (SYN | ACK | RST)
    if (kind === SYN) {
      this.#context.seen.ofPacket(packet, flow)
      const host = hostOf(packet, packet.destinationAt)
      this.#tried(this.#ports, packet.destinationPort)
      this.#tried(this.#hosts, host)
    } else if (kind === (SYN | ACK)) {
      const { seen } = this.#context
      seen.ofPacket(packet, flow)
      seen.turn()
      this.#answered(this.#ports, packet.sourcePort)
      this.#answered(this.#hosts, hostOf(packet, packet.sourceAt))
    }
  }

  /** A datagram that begins a flow, or one that answers. */
  udp(packet: Packet, flow: number): void {
    const { flows, seen } = this.#context
    if (flow < 0) return
    const isToServer = flows.direction === Direction.toServer
    if (isToServer && !flows.created) return
    if (!isToServer && flows.phase(flow) !== FlowPhase.udpTwoWay) return
    if (!isToServer && flows.packets(flow, Direction.toClient) > 1) return
    seen.ofPacket(packet, flow)
    if (isToServer) return this.#tried(this.#datagrams, packet.destinationPort)
    seen.turn()
    this.#answered(this.#datagrams, packet.sourcePort)
  }

  #tried(scans: readonly Scan[], item: number): void {
    const { seen } = this.#context
    for (const { threat, meter } of scans) {
      if (!threat.on) continue
      seen.key(threat.id, threat.by)
      const count = meter.tried(seen.hash, seen.check, seen.time, item)
      if (count > 0 && meter.news > 0) this.#context.tell(threat, count, meter.news)
    }
  }

  #answered(scans: readonly Scan[], item: number): void {
    const { seen } = this.#context
    for (const { threat, meter } of scans) {
      if (!threat.on) continue
      seen.key(threat.id, threat.by)
      meter.answered(seen.hash, seen.check, item)
    }
  }
}

function scanOf(threat: ThreatDefinition): Scan {
  return { threat, meter: new DistinctMeter(threat.measure) }
}

/** Something that is another for another address. */
function hostOf({ bytes, ipVersion }: Packet, at: number): number {
  if (ipVersion !== 6) return i32(bytes, at)
  return (
    i32(bytes, at) ^
    Math.imul(i32(bytes, at + 4), 31) ^
    Math.imul(i32(bytes, at + 8), 37) ^
    i32(bytes, at + 12)
  )
}
