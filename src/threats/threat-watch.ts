import type { Microseconds } from '../lib/time.ts'
import type { DefragmentCounters } from '../packet/defragment.ts'
import type { FlowTable } from '../packet/flow-table.ts'
import { Direction } from '../model/direction.ts'
import { DecodeStatus, IpProtocol, type Packet, TcpFlag } from '../packet/packet.ts'
import { DetectorContext } from './detector-context.ts'
import { ArpClaims } from './detectors/arp-claims.ts'
import { Banners } from './detectors/banners.ts'
import { Beacons } from './detectors/beacons.ts'
import { Connections } from './detectors/connections.ts'
import { DataVolume } from './detectors/data-volume.ts'
import { Datagrams } from './detectors/datagrams.ts'
import { DnsNames } from './detectors/dns-names.ts'
import { DhcpOffers } from './detectors/dhcp-offers.ts'
import { Echoes, isIcmpRequest } from './detectors/echoes.ts'
import { Floods } from './detectors/floods.ts'
import { LogIns } from './detectors/log-ins.ts'
import { NewDestinations } from './detectors/new-destinations.ts'
import { ProtocolAnomalies } from './detectors/protocol-anomalies.ts'
import { Rebinding } from './detectors/rebinding.ts'
import { Redirections } from './detectors/redirections.ts'
import { EventRates } from './detectors/event-rates.ts'
import { Scans } from './detectors/scans.ts'
import { SlowClients } from './detectors/slow-clients.ts'
import { TcpSegments } from './detectors/tcp-segments.ts'
import { FlowMarks } from './flow-marks.ts'
import { Seen } from './seen.ts'
import type { ThreatSettings } from './settings.ts'
import { type SaidOf, ThreatTuning } from './tuning.ts'
import { type ThreatFound, ThreatLog, type ThreatSink } from './threat-log.ts'

const SYN_ACK = TcpFlag.syn | TcpFlag.ack

export interface ThreatWatchOptions {
  settings?: ThreatSettings | undefined
  /** Over how many engines connections are spread, of which this is one; 1 where it is left out. */
  engines?: number | undefined
  /** 64 random bits. */
  seed: readonly [number, number]
  /** What ids of records begin with, unique to this engine. */
  prefix: string
  /** Id of a flow's records. */
  nameFlow: (flow: number) => string
  /** `originNetworkId` of a flow's first packet. */
  originOf: (flow: number) => number
  /** Names of threats that are not told of; it may change meanwhile. */
  off?: ReadonlySet<string> | undefined
  /** Whether a request of a flow has begun and is not whole. */
  isWithinRequest: (flow: number) => boolean
  /** What the groups of those who are watched say of thresholds; then `tune` says when that has changed. */
  saidOf?: SaidOf | undefined
  found?: ThreatFound | undefined
}

/** Looks at what an engine decodes, follows and parses, and tells what of it is hostile or weak. */
export class ThreatWatch {
  readonly #flows: FlowTable
  readonly #log: ThreatLog
  readonly #marks = new FlowMarks()
  readonly #tuning: ThreatTuning
  readonly #originOf: ThreatWatchOptions['originOf']
  readonly #datagrams: Datagrams
  readonly #segments: TcpSegments
  readonly #floods: Floods
  readonly #echoes: Echoes
  readonly #banners: Banners
  readonly #anomalies: ProtocolAnomalies
  readonly #scans: Scans
  readonly #slow: SlowClients
  readonly #connections: Connections
  readonly #rates: EventRates
  readonly #names: DnsNames
  readonly #rebinding: Rebinding
  readonly #beacons: Beacons
  readonly #claims: ArpClaims
  readonly #offers: DhcpOffers
  readonly #logIns: LogIns
  readonly #redirections: Redirections
  readonly #destinations: NewDestinations
  readonly #volume: DataVolume
  /** Of the TCP segment at hand. */
  #payloadBytes = 0

  constructor(flows: FlowTable, options: ThreatWatchOptions) {
    const { settings, seed, engines } = options
    this.#flows = flows
    this.#originOf = options.originOf
    this.#log = new ThreatLog(options.prefix, options.nameFlow, options.found, options.off)
    this.#tuning = new ThreatTuning(settings ?? {}, engines ?? 1, options.saidOf ?? (() => undefined))
    const parts = { seen: new Seen(seed), marks: this.#marks, log: this.#log, tuning: this.#tuning }
    const context = new DetectorContext(this.#tuning.loosest, flows, parts)
    this.#datagrams = new Datagrams(context)
    this.#segments = new TcpSegments(context)
    this.#floods = new Floods(context)
    this.#echoes = new Echoes(context)
    this.#banners = new Banners(context)
    this.#anomalies = new ProtocolAnomalies(context)
    this.#scans = new Scans(context)
    this.#slow = new SlowClients(context, options.isWithinRequest)
    this.#connections = new Connections(context)
    this.#rates = new EventRates(context)
    this.#names = new DnsNames(context)
    this.#rebinding = new Rebinding(context)
    this.#beacons = new Beacons(context)
    this.#claims = new ArpClaims(context)
    this.#offers = new DhcpOffers(context)
    this.#logIns = new LogIns(context)
    this.#redirections = new Redirections(context)
    this.#destinations = new NewDestinations(context)
    this.#volume = new DataVolume(context)
  }

  /** What groups say of thresholds has changed: of each that says something. */
  tune(said: readonly (readonly string[])[]): void {
    this.#tuning.follow(said)
  }

  /** From the next packet on, what is said here is looked for as it says, and the rest as when it was started. */
  choose(settings: ThreatSettings): void {
    this.#tuning.choose(settings)
  }

  /** Occurrences that were of more kinds than are told of apart. */
  get unlisted(): number {
    return this.#log.unlisted
  }

  /** A packet that decoding made nothing of. */
  undecoded(packet: Packet): void {
    if (packet.status === DecodeStatus.malformed) this.#datagrams.malformed(packet)
    else if (packet.status === DecodeStatus.unsupported) this.#claims.frame(packet)
  }

  /** A fragment, once the defragmenter has taken it. */
  fragment(packet: Packet, counters: DefragmentCounters): void {
    this.#datagrams.fragment(packet, counters)
  }

  /** A packet, once it is known of which flow it is: -1 where the flow table has no room. */
  packet(packet: Packet, flow: number): void {
    if (flow >= 0 && this.#flows.created) this.#begin(packet, flow)
    switch (packet.protocol) {
      case IpProtocol.tcp:
        return this.#tcp(packet, flow)
      case IpProtocol.udp:
        this.#offers.datagram(packet, flow)
        this.#scans.udp(packet, flow)
        return this.#floods.udp(packet, flow)
      case IpProtocol.icmp:
      case IpProtocol.icmp6:
        if (isIcmpRequest(packet)) this.#floods.icmp(packet, flow)
        return this.#echoes.message(packet, flow)
      default:
    }
  }

  #begin(packet: Packet, flow: number): void {
    this.#marks.begin(flow, this.#flows.capacity)
    this.#beacons.began(packet, flow)
    if (packet.protocol === IpProtocol.tcp && (packet.tcpFlags & SYN_ACK) === TcpFlag.syn)
      this.#redirections.syn(packet, flow)
    this.#destinations.began(packet, flow)
  }

  #tcp(packet: Packet, flow: number): void {
    this.#payloadBytes = packet.payloadLength
    this.#segments.segment(packet, flow)
    this.#floods.tcp(packet, flow)
    this.#scans.tcp(packet, flow)
    if (flow < 0) return
    this.#connections.segment(packet, flow)
    this.#slow.segment(packet, flow)
    if (packet.payloadEnd === packet.payloadStart) return
    this.#banners.segment(packet, flow)
    if (this.#flows.direction === Direction.toClient) this.#logIns.answer(packet, flow)
  }

  /** Something off in a stream or a protocol, by its code. */
  anomaly(flow: number, code: string): void {
    // A keep-alive says one byte again, whichever (RFC 9293 section 3.8.4): that is no other content.
    if (code === 'tcp-overlap-differs' && this.#payloadBytes <= 1) return
    this.#anomalies.told(flow, this.#originOf(flow), code)
  }

  /** Something that a parser, or who judges contents, tells of as it happens, by its name. */
  event(flow: number, event: string): void {
    this.#anomalies.told(flow, this.#originOf(flow), event)
    this.#rates.event(flow, this.#originOf(flow), event)
  }

  /** A DNS question, its name in `name[0, length)`. */
  asked(flow: number, name: Uint8Array, length: number): void {
    this.#names.asked(flow, this.#originOf(flow), name, length)
  }

  /** A DNS answer: there is no such name as `name[0, length)`. */
  unknownName(flow: number, name: Uint8Array, length: number): void {
    this.#names.unknown(flow, this.#originOf(flow), name, length)
  }

  /** A DNS answer gave a name an address of 4 or 16 bytes. */
  resolved(flow: number, name: string, address: Uint8Array): void {
    this.#rebinding.resolved(flow, this.#originOf(flow), name, address)
    this.#destinations.resolved(flow, this.#originOf(flow), name, address)
  }

  /** So many values of personal data were found on a flow since this was last told, by direction. */
  personalData(flow: number, counts: readonly [number, number]): void {
    this.#volume.found(flow, this.#originOf(flow), counts)
  }

  /** A flow is over; what is known of it still is. */
  ended(flow: number): void {
    const origin = this.#originOf(flow)
    this.#connections.ended(flow, origin)
    this.#slow.ended(flow, origin)
    this.#logIns.ended(flow, origin)
  }

  /** Records of what is new or has grown. */
  report(now: Microseconds, sink: ThreatSink): void {
    this.#log.report(now, sink)
  }

  /** What was not told yet, of one namespace or of all. */
  close(sink: ThreatSink, origin?: number): void {
    this.#log.close(sink, origin)
  }
}
