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

/** Scans that are counted by the same, each in its own meter: one key is for all of them. */
type Group = readonly [first: Scan, ...others: Scan[]]

/**
 * Port and host scans, by what was tried and did not answer: who talks to many open ports, or to many hosts that are there, does not
 * scan. Fast ones within a minute, slow ones within an hour.
 */
export class Scans {
  readonly #context: DetectorContext
  readonly #ports: Group
  readonly #hosts: Group
  readonly #datagrams: Group

  constructor(context: DetectorContext) {
    const { portScan, slowPortScan, hostScan, slowHostScan, udpScan } = context.threats
    this.#context = context
    this.#ports = [scanOf(portScan), scanOf(slowPortScan)]
    this.#hosts = [scanOf(hostScan), scanOf(slowHostScan)]
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

  #tried(scans: Group, item: number): void {
    const { seen } = this.#context
    seen.key(scans[0].threat.id, scans[0].threat.by)
    const { hash, check } = seen
    for (const { threat, meter } of scans) {
      if (!threat.on) continue
      meter.threshold = this.#context.thresholdOf(threat)
      const count = meter.tried(hash, check, seen.time, item)
      // Which makes `seen` the key of another.
      if (count > 0 && meter.news > 0) this.#context.tell(threat, count, meter.news)
    }
  }

  #answered(scans: Group, item: number): void {
    const { seen } = this.#context
    seen.key(scans[0].threat.id, scans[0].threat.by)
    for (const { threat, meter } of scans) if (threat.on) meter.answered(seen.hash, seen.check, item)
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
